package io.rollcall.standalone.mongo;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same against a real server, where there is one. */
@EnabledIfEnvironmentVariable(named = "ROLLCALL_CONTRACT_MONGODB_URI", matches = ".+")
class MongoServerContractTests extends MongoContract {

	private static MongoClient client;

	@BeforeAll
	static void connect() {
		client = connect(System.getenv("ROLLCALL_CONTRACT_MONGODB_URI"));
	}

	@AfterAll
	static void disconnect() {
		client.getDatabase("rollcall-contract").drop();
		client.close();
	}

	@Override
	MongoClient client() {
		return client;
	}
}
