package io.rollcall.platform.messaging;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

import io.rollcall.platform.TemporarilyUnavailable;

/** The broker does not answer, or its client says that a later try may succeed. */
public final class BrokerAway implements TemporarilyUnavailable.Sign {
	@Override
	public boolean isIn(Throwable failure) {
		return failure instanceof RetriableException || failure instanceof InterruptException;
	}
}
