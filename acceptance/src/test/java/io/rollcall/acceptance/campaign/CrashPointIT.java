package io.rollcall.acceptance.campaign;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.rollcall.acceptance.crash.CrashPoint;
import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A service dies at each of its named points between reading, writing, publishing and committing, the first and the last time
 * that an import leads it there. Started again it finishes that import exactly.
 */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
@TestInstance(Lifecycle.PER_CLASS)
class CrashPointIT {
	private static final int PEOPLE = 60;
	/** How long a point may still be come to after all that can be seen is done. */
	private static final Duration LATE = Duration.ofSeconds(4);

	private final RunningSystem system = RunningSystem.shared();
	private final Path points = system.crashPoints();
	private final PatientClient client = new PatientClient(URI.create(system.portal()), system.bootstrapClientSecret());
	private final Map<String, Long> hitsOfAnImport = new HashMap<>();
	private int imports;

	@BeforeAll
	void countTheHitsOfAnImportThatNothingHappensTo() throws IOException {
		system.awaitRest();
		Map<String, Long> before = new HashMap<>();
		for (CrashPoint point : CrashPoint.ofUploads())
			before.put(point.id(), hits(point.id()));
		run().finish();
		for (CrashPoint point : CrashPoint.ofUploads())
			hitsOfAnImport.put(point.id(), hits(point.id()) - before.get(point.id()));
		System.out.println("Hits of an import of " + PEOPLE + " people: " + new TreeMap<>(hitsOfAnImport));
		assertThat(hitsOfAnImport).allSatisfy((point, hits) -> assertThat(hits).as(point).isPositive());
	}

	static Stream<Arguments> firstAndLastHits() {
		return Part.of(CrashPoint.ofUploads().stream().sorted(Comparator.comparing(CrashPoint::service))
				.flatMap(point -> Stream.of("first", "last").map(hit -> Arguments.of(point.service(), point.id(), hit)))
				.toList());
	}

	@ParameterizedTest(name = "{0} dies at {1}, the {2} time")
	@MethodSource("firstAndLastHits")
	void whoDiesAtAPointIsContinuedExactly(String service, String point, String which) throws IOException {
		long hit = which.equals("first") ? 1 : hitsOfAnImport.get(point);
		assumeTrue(which.equals("first") || hit > 1, "an import comes there once: the first time is the last");
		// Batches are not always cut the same way: an import may come to a point less often than the one that was counted.
		while (!diesAt(service, point, hit))
			hit--;
		System.out.printf("%s died at %s, hit %d of about %d%n", service, point, hit, hitsOfAnImport.get(point));
	}

	/** @return false when it did not, since it never came there so often */
	private boolean diesAt(String service, String point, long hit) throws IOException {
		Path halt = points.resolve(point + ".halt");
		system.awaitRest();
		Files.writeString(halt, String.valueOf(hits(point) + hit));
		CheckedImport run = run();
		boolean died = Await.until(service + " dies at " + point, () -> {
			if (!system.runs(service)) return true;
			return run.isDoneSince(LATE) ? false : null;
		});
		Files.delete(halt);
		if (died) system.start(service);
		Set<String> repeated = run.finish();
		// One mail at a time is between the server's "250" and the mark: who dies then sends it once more, byte for byte.
		assertThat(repeated).hasSizeLessThanOrEqualTo(service.equals(RunningSystem.NOTIFICATION_SERVICE) ? 1 : 0);
		return died;
	}

	private CheckedImport run() {
		return CheckedImport.of(system, client, People.of("crash" + ++imports, PEOPLE)).handIn();
	}

	private long hits(String point) throws IOException {
		Path file = points.resolve(point);
		return Files.exists(file) ? Files.size(file) : 0;
	}
}
