package io.rollcall.acceptance.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates that vouch for themselves, as PEM files; {@code ca.pem} and {@code kafka-ca.pem} have those that are trusted. */
final class Certificates {
	private static final char[] PASSWORD = "of-a-store-that-nobody-keeps".toCharArray();
	private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[]{'\n'});

	private Certificates() {}

	/** Makes one for each name, all for this machine. */
	static void make(Path folder, String... names) throws Exception {
		var trusted = new StringBuilder();
		for (String name : names) {
			KeyStore store = store(folder.resolve(name + ".p12"), name);
			String certificate = pem("CERTIFICATE", store.getCertificate("own").getEncoded());
			Files.writeString(folder.resolve(name + ".pem"),
					pem("PRIVATE KEY", store.getKey("own", PASSWORD).getEncoded()) + certificate);
			trusted.append(certificate);
		}
		Files.writeString(folder.resolve("ca.pem"), trusted);
		Files.writeString(folder.resolve("kafka-ca.pem"), trusted);
	}

	private static KeyStore store(Path file, String name)
			throws IOException, InterruptedException, GeneralSecurityException {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=" + name, "-ext",
				"SAN=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(),
				"-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
		String said = new String(keytool.getInputStream().readAllBytes());
		if (keytool.waitFor() != 0) throw new AssertionError(said);
		var store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		return store;
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + PEM.encodeToString(content) + "\n-----END " + type + "-----\n";
	}
}
