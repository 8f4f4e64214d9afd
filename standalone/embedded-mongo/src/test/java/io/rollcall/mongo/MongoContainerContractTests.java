package io.rollcall.mongo;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.rollcall.containers.Containers;

/** The same against MongoDB itself, where there is an engine for it or its address is given. */
class MongoContainerContractTests extends MongoContract {
	private static MongoClient client;

	@BeforeAll
	static void connect() {
		String given = System.getenv("ROLLCALL_CONTRACT_MONGODB_URI");
		client = connect(given == null ? Containers.mongo() : given);
	}

	@AfterAll
	static void disconnect() {
		if (client == null) return; // skipped
		client.getDatabase("rollcall-contract").drop();
		client.close();
	}

	@Override
	MongoClient client() {
		return client;
	}
}
