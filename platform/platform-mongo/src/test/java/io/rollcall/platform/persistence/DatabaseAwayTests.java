package io.rollcall.platform.persistence;

import java.util.List;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoExceptionTranslator;

import io.rollcall.platform.TemporarilyUnavailable;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseAwayTests {
	private static final ServerAddress SERVER = new ServerAddress("database");

	@Test
	void databaseThatIsAwayIsWaitedForHoweverSpringTranslatesIt() {
		for (MongoException away : List.of(new MongoTimeoutException("away"),
				new MongoNotPrimaryException(new BsonDocument(), SERVER),
				new MongoConnectionPoolClearedException(new ServerId(new ClusterId(), SERVER), null),
				new MongoInterruptedException("stopping", null))) {
			assertThat(TemporarilyUnavailable.isBehind(away)).isTrue();
			assertThat(
					TemporarilyUnavailable.isBehind(new MongoExceptionTranslator().translateExceptionIfPossible(away)))
					.isTrue();
		}
	}

	@Test
	void writeThatMayBeRepeatedIsWaitedForAndOneThatIsWrongIsNot() {
		var refused = new MongoException(11000, "duplicate");
		assertThat(TemporarilyUnavailable.isBehind(refused)).isFalse();
		refused.addLabel("RetryableWriteError");
		assertThat(TemporarilyUnavailable.isBehind(refused)).isTrue();
	}
}
