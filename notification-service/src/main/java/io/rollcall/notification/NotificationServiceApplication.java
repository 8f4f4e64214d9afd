package io.rollcall.notification;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Sends the mails. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class NotificationServiceApplication {
	public static void main(String[] args) {
		// Jakarta Mail searches the whole class path for it at every header word that it encodes, unless told.
		System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
		SpringApplication.run(NotificationServiceApplication.class, args);
	}
}
