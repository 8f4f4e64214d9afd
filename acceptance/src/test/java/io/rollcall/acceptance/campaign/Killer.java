package io.rollcall.acceptance.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

/**
 * SIGKILL, again and again, to programs chosen at random, each started again at once; often while others are not back yet, now
 * and then while the victim itself is only starting. The kills come in storms, and between two of them everything is there for a
 * moment: in one storm without end hardly a row would be under way that a kill could harm.
 */
final class Killer implements Runnable {
	/** Those that are back soon die more often: so there are more deaths in the time. */
	private static final Map<String, Integer> WEIGHTS = new TreeMap<>(Map.of("kafka", 7, "mongo", 9, "mail", 5,
			RunningSystem.USER_SERVICE, 6, RunningSystem.IMPORT_SERVICE, 5, RunningSystem.NOTIFICATION_SERVICE, 5,
			RunningSystem.ORG_DIRECTORY_SERVICE, 2, "gateway", 2, "training-gateway", 1));
	/** With more of them gone nothing would be done that could be broken; but nobody is waited for long. */
	private static final int GONE_AT_A_TIME = 3;
	private static final Duration WAIT = Duration.ofSeconds(3);
	private static final int KILLS_IN_A_STORM = 5;
	private static final int LULL_MILLIS = 4000;
	private static final Duration RESTORED = Duration.ofMinutes(10);

	private final RunningSystem system;
	private final int kills;
	private final Random random;
	private final AtomicInteger done = new AtomicInteger();
	private final Map<String, Integer> deaths = new TreeMap<>();

	Killer(RunningSystem system, Plan plan) {
		this.system = system;
		this.kills = plan.kills();
		this.random = new Random(plan.seed());
	}

	/** How many it has killed. */
	int done() {
		return done.get();
	}

	Map<String, Integer> deaths() {
		return deaths;
	}

	@Override
	public void run() {
		List<String> tickets = new ArrayList<>();
		WEIGHTS.forEach((name, weight) -> {
			for (int i = 0; i < weight; i++)
				tickets.add(name);
		});
		while (done.get() < kills) {
			for (int left = 1 + random.nextInt(KILLS_IN_A_STORM); left > 0 && done.get() < kills; left--)
				killOne(tickets);
			restoreAll();
			LockSupport.parkNanos(random.nextInt(LULL_MILLIS) * 1_000_000L);
		}
	}

	private void killOne(List<String> tickets) {
		LockSupport.parkNanos((100 + random.nextInt(1200)) * 1_000_000L);
		boolean reckless = random.nextInt(6) == 0;
		String victim = tickets.get(random.nextInt(tickets.size()));
		long end = System.nanoTime() + WAIT.toNanos();
		while (!reckless && gone() >= GONE_AT_A_TIME && System.nanoTime() < end)
			LockSupport.parkNanos(50_000_000);
		if (system.runs(victim)) { // else it has ended by itself while it started, for want of another
			system.kill(victim);
			deaths.merge(victim, 1, Integer::sum);
			done.incrementAndGet();
		}
		system.launch(victim);
	}

	private long gone() {
		return WEIGHTS.keySet().stream().filter(name -> !system.isReady(name)).count();
	}

	/** Whatever ends by itself meanwhile, for want of another, is started again as whoever runs it would. */
	void restoreAll() {
		Await.until("all programs are ready", RESTORED, () -> {
			for (String name : WEIGHTS.keySet())
				if (!system.runs(name)) system.launch(name);
			return gone() == 0 ? true : null;
		});
	}
}
