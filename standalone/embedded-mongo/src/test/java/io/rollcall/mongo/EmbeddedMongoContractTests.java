package io.rollcall.mongo;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedMongoContractTests extends MongoContract {
	private static EmbeddedMongo mongo;
	private static MongoClient client;

	@BeforeAll
	static void start() {
		mongo = EmbeddedMongo.inMemory();
		client = connect(mongo.connectionString());
	}

	@AfterAll
	static void stop() {
		client.close();
		mongo.close();
	}

	@Override
	MongoClient client() {
		return client;
	}
}
