package io.rollcall.notification.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

import io.rollcall.notification.Letter;
import io.rollcall.notification.MailCarrier.Away;
import io.rollcall.notification.MailCarrier.Reply;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class SmtpCarrierTests {
	private static final Letter LETTER = new Letter("a@one.example", "b@two.example",
			"Subject: x\r\n\r\nthe text\r\n".getBytes(US_ASCII));
	private static final String STORE_PASSWORD = "changeit";

	@TempDir
	static Path folder;
	private static KeyStore ofLocalhost;
	private static KeyStore ofAnother;

	@BeforeAll
	static void makeCertificates() throws Exception {
		ofLocalhost = certificate("localhost");
		ofAnother = certificate("other.example");
	}

	private static KeyStore certificate(String host) throws Exception {
		Path file = folder.resolve(host + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "SAN=dns:" + host,
				"-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", STORE_PASSWORD)
				.redirectErrorStream(true).start();
		String said = new String(keytool.getInputStream().readAllBytes());
		assertThat(keytool.waitFor()).as(said).isZero();
		var store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, STORE_PASSWORD.toCharArray());
		}
		return store;
	}

	private static SSLContext server(KeyStore store) throws Exception {
		var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, STORE_PASSWORD.toCharArray());
		var context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context;
	}

	private static SmtpCarrier carrier(SubmissionServer server, String password, @Nullable Boolean requireTls,
			KeyStore... trusted) {
		var bundles = new DefaultSslBundleRegistry();
		for (KeyStore store : trusted)
			bundles.registerBundle("mail", SslBundle.of(SslStoreBundle.of(null, null, trustOnly(store))));
		return new SmtpCarrier(
				new SmtpSettings("localhost", server.port(), SubmissionServer.USERNAME, password, requireTls,
						trusted.length == 0 ? "" : "mail", "rollcall", Duration.ofSeconds(5), Duration.ofSeconds(5)),
				bundles);
	}

	private static KeyStore trustOnly(KeyStore store) {
		try {
			var trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			trusted.setCertificateEntry("server", store.getCertificate("server"));
			return trusted;
		} catch (java.security.GeneralSecurityException | IOException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void passwordAndMailGoOverTlsAlone() throws Exception {
		try (var server = new SubmissionServer(server(ofLocalhost));
				var connection = carrier(server, SubmissionServer.PASSWORD, null, ofLocalhost).connect()) {
			assertThat(connection.send(LETTER, () -> {})).isEqualTo(new Reply.Accepted());
			assertThat(connection.send(LETTER, () -> {})).as("and the next over the same")
					.isEqualTo(new Reply.Accepted());
			assertThat(server.lines).contains("STARTTLS", "TLS the text").filteredOn(line -> !line.startsWith("TLS "))
					.containsExactly("EHLO rollcall", "STARTTLS");
		}
	}

	@Test
	void theServerHasReadAllBeforeTheTimeOfDoubtBegins() throws Exception {
		try (var server = new SubmissionServer(server(ofLocalhost));
				var connection = carrier(server, SubmissionServer.PASSWORD, null, ofLocalhost).connect()) {
			Runnable atTheDot = () -> await()
					.untilAsserted(() -> assertThat(server.lines).endsWith("TLS ", "TLS the text"));
			assertThat(connection.send(LETTER, atTheDot)).isEqualTo(new Reply.Accepted());
		}
	}

	@Test
	void aPasswordIsNotSaidInTheClear() {
		try (var server = new SubmissionServer(null)) {
			assertThatThrownBy(() -> carrier(server, SubmissionServer.PASSWORD, null).connect())
					.isInstanceOf(Away.class);
			assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH"))
					.noneMatch(line -> line.startsWith("MAIL"));
		}
	}

	@Test
	void whoWantsItInTheClearSaysSo() {
		try (var server = new SubmissionServer(null);
				var connection = carrier(server, SubmissionServer.PASSWORD, false).connect()) {
			assertThat(connection.send(LETTER, () -> {})).isEqualTo(new Reply.Accepted());
		}
	}

	@Test
	void aServerThatCannotProveItsNameHearsNothing() throws Exception {
		for (List<KeyStore> each : List.of(List.of(ofLocalhost, ofAnother), List.of(ofAnother, ofAnother))) {
			try (var server = new SubmissionServer(server(each.get(0)))) {
				assertThatThrownBy(() -> carrier(server, SubmissionServer.PASSWORD, null, each.get(1)).connect())
						.isInstanceOf(Away.class);
				assertThat(server.lines).containsExactly("EHLO rollcall", "STARTTLS");
			}
		}
	}

	@Test
	void aWrongPasswordIsToldAsThatAndNotRepeated() throws Exception {
		try (var server = new SubmissionServer(server(ofLocalhost))) {
			assertThatThrownBy(() -> carrier(server, "wrong-password", null, ofLocalhost).connect())
					.isInstanceOf(Away.class).hasMessage("authentication refused");
		}
	}

	@Test
	void whatIsNotAboutTheMailDoesNotFailIt() throws Exception {
		for (String reply : List.of("530 5.7.0 who are you", "421 4.3.2 closing")) {
			try (var server = new SubmissionServer(server(ofLocalhost));
					var connection = carrier(server, SubmissionServer.PASSWORD, null, ofLocalhost).connect()) {
				server.atSender = reply;
				assertThat(connection.send(LETTER, () -> {})).isEqualTo(new Reply.Broken(reply.substring(0, 3)));
			}
		}
	}
}
