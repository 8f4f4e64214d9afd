package io.rollcall.notification;

import java.util.List;

/** Tells the other services what became of mails. */
public interface DeliveryReports {
	record Report(Mail mail, Outcome outcome) {}

	/** Returns when all reports are safely on their way; throws when they may not be, and can then be repeated. */
	void publish(List<Report> reports);
}
