package io.rollcall.acceptance.system;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.DirectDecrypter;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Binary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services' databases, read from outside. */
public final class Databases implements AutoCloseable {
	public static final String USERS = "rollcall-users";
	public static final String IMPORTS = "rollcall-imports";
	public static final String NOTIFICATIONS = "rollcall-notifications";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final MongoClient client;
	private final Supplier<String> keyEncryptionKey;

	/** @param keyEncryptionKey under which user-service encrypts the keys that sign tokens, base64url */
	Databases(String uri, Supplier<String> keyEncryptionKey) {
		client = MongoClients.create(uri);
		this.keyEncryptionKey = keyEncryptionKey;
	}

	@Override
	public void close() {
		client.close();
	}

	/** Every database of the system. */
	public List<String> names() {
		return client.listDatabaseNames().into(new ArrayList<>()).stream().filter(name -> name.startsWith("rollcall"))
				.sorted().toList();
	}

	/** Each document of a database by collection and id, as canonical text. */
	public TreeMap<String, String> documents(String database) {
		var documents = new TreeMap<String, String>();
		for (String collection : client.getDatabase(database).listCollectionNames().into(new ArrayList<>())) {
			each(database, collection,
					document -> documents.put(collection + " " + document.get("_id"), document.toJson()));
		}
		return documents;
	}

	/** A collection to do something about that a test cannot wait for, as a year to go by. */
	public MongoCollection<Document> collection(String database, String name) {
		return client.getDatabase(database).getCollection(name);
	}

	/** Changes a document behind the service's back: as time would. */
	public void set(String database, String collection, Object id, Document values) {
		long found = client.getDatabase(database).getCollection(collection)
				.updateOne(new Document("_id", id), new Document("$set", values)).getMatchedCount();
		if (found != 1) throw new AssertionError("no " + id + " in " + collection);
	}

	/** How many documents each collection of a database has. */
	public TreeMap<String, Long> counts(String database) {
		var counts = new TreeMap<String, Long>();
		for (String collection : client.getDatabase(database).listCollectionNames().into(new ArrayList<>())) {
			counts.put(collection, client.getDatabase(database).getCollection(collection).countDocuments());
		}
		return counts;
	}

	/** Puts documents in as a service stores them. */
	public void insert(String database, String collection, List<Document> documents) {
		client.getDatabase(database).getCollection(collection).insertMany(documents);
	}

	/** An id as the services store it. */
	public static Binary uuid(UUID id) {
		return new Binary(BsonBinarySubType.UUID_STANDARD,
				ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits())
						.array());
	}

	/**
	 * Makes there be so many accounts, by copies of one that is there, each with an id and username of its own. user-service is
	 * not running meanwhile.
	 */
	public void multiplyAccounts(int wanted) {
		var accounts = client.getDatabase(USERS).getCollection("accounts");
		Document pattern = Objects
				.requireNonNull(accounts.find(new Document("role", "TA").append("status", "active")).first());
		for (int from = (int) accounts.countDocuments(); from < wanted; from += 1000) {
			accounts.insertMany(IntStream.range(from, Math.min(from + 1000, wanted)).mapToObj(i -> {
				var copy = new Document(pattern);
				String username = "copy." + i;
				copy.append("_id", username).append("username", username).append("accountId",
						uuid(UUID.randomUUID()));
				return copy;
			}).toList());
		}
	}

	/** An access token for a district test coordinator, as user-service would sign it (RFC 7519). */
	String signedToken(String issuer, String account, String username, String district) {
		JsonNode jwk = signingKey();
		Instant now = Instant.now();
		String claims = JSON.writeValueAsString(Map.of("iss", issuer, "sub", account, "username", username, "role",
				"DTC", "organizations", List.of(district), "districts", List.of(district), "permissions",
				List.of("manage-users"), "site", "PORTAL", "client_id", "acceptance",
				"exp", now.plusSeconds(300).getEpochSecond()));
		String signed = base64(JSON.writeValueAsBytes(Map.of("alg", "RS256", "kid", jwk.path("kid").asString()))) + "."
				+ base64(claims.getBytes(StandardCharsets.UTF_8));
		try {
			var signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(KeyFactory.getInstance("RSA")
					.generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d"))));
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + "." + base64(signature.sign());
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The private key that signs tokens, as a JWK. */
	JsonNode signingKey() {
		Document stored = Objects.requireNonNull(client.getDatabase(USERS).getCollection("signing-keys").find()
				.sort(new Document("_id", -1)).first());
		try {
			var jwe = JWEObject.parse(stored.getString("jwk"));
			jwe.decrypt(new DirectDecrypter(Base64.getUrlDecoder().decode(keyEncryptionKey.get())));
			return JSON.readTree(jwe.getPayload().toString());
		} catch (ParseException | JOSEException e) {
			throw new IllegalStateException(e);
		}
	}

	private static BigInteger number(JsonNode jwk, String name) {
		return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(name).asString()));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private void each(String database, String collection, Consumer<BsonDocument> consumer) {
		client.getDatabase(database).getCollection(collection, BsonDocument.class).find().forEach(consumer);
	}
}
