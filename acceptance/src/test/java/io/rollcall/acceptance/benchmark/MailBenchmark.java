package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import io.rollcall.acceptance.generator.Newcomers;
import io.rollcall.acceptance.system.Folders;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.Topics;
import io.rollcall.standalone.launcher.Standalone;

/**
 * How many mails a second go from credential events into the inbox: broker, database, mail server and notification-service
 * on one machine, nothing else. Prints a JSON line for each run. From the root, with the services built:
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.MailBenchmark
 * </pre>
 */
public final class MailBenchmark {
	private static final int RUNS = Integer.getInteger("rollcall.runs", 5);
	private static final int MAILS = 10_000;

	private MailBenchmark() {}

	/** Takes no arguments. The first run warms up, and says so. */
	public static void main(String[] arguments) {
		Path data = Path.of("target/mail-benchmark").toAbsolutePath();
		Folders.delete(data);
		var options = Standalone.Options.forTests(Path.of("..").toAbsolutePath().normalize(), data).without(
				"org-directory-service", "user-service", "import-service", "gateway", "training-gateway");
		try (var system = Standalone.start(options); var topics = new Topics(system.kafka())) {
			var inbox = new Inbox(system.inbox());
			var newcomers = new Newcomers(data);
			List<Double> rates = new ArrayList<>();
			for (int run = 0; run <= RUNS; run++) {
				Map<String, byte[]> events = newcomers.events(Newcomers.of("bench." + run, MAILS / 4));
				long newest = inbox.newest();
				Map<String, Duration> before = system.processorTimes();
				long begin = System.nanoTime();
				topics.publish(Newcomers.TOPIC, events);
				for (int count = 0; count < MAILS; count = inbox.countAfter(newest))
					LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
				double seconds = (System.nanoTime() - begin) / 1e9;
				var cpu = new TreeMap<String, Double>();
				system.processorTimes().forEach((program, time) -> cpu.put(program,
						Figures.rounded(time.minus(before.getOrDefault(program, time)).toNanos() / 1e6 / MAILS)));
				double rate = Math.round(MAILS / seconds);
				if (run > 0) rates.add(rate);
				Figures.of(run == 0 ? "mails, warming up" : "mails").at("mails", MAILS).found("mailsPerSecond", rate)
						.found("cpuMillisPerMail", cpu).print();
			}
			Figures.of("mails").at("runs", RUNS).at("mails", MAILS)
					.found("mailsPerSecondMedian", Figures.percentile(rates, 50)).print();
		}
	}
}
