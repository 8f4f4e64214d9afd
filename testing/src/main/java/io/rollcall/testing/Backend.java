package io.rollcall.testing;

import io.rollcall.containers.Containers;

/** What a contract suite runs on, one after the other: what is embedded always, containers wherever there is an engine for them. */
public enum Backend {
	EMBEDDED {
		@Override
		public String kafka() {
			return Backends.kafka().bootstrapServers();
		}

		@Override
		public String mongo() {
			return Backends.mongo().connectionString();
		}
	},
	CONTAINERS {
		@Override
		public String kafka() {
			return Containers.kafka();
		}

		@Override
		public String mongo() {
			return Containers.mongo();
		}
	};

	/** Bootstrap servers; skips who asks where there is no such broker. */
	public abstract String kafka();

	/** A connection string; skips who asks where there is no such database. */
	public abstract String mongo();
}
