package io.rollcall.platform;

import java.lang.management.ManagementFactory;

import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many threads carry the virtual ones: as many as the JDK allows, and not one a processor, its default. Two of its promises do not
 * hold with few. A virtual thread that waits for a lock while a class is loaded keeps its carrier (JEP 491), and the lock's owner may
 * have none: with one such wait for each carrier nothing goes on, ever. And a carrier goes on with the queue it took its last work from
 * for as long as there is any: while many connections send large bodies, what newly comes is not begun. With enough of them, the
 * operating system takes turns, as between other threads.
 */
final class Carriers {
	private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
	/** The JDK's own default. */
	private static final int MOST = 256;

	private Carriers() {}

	/** Unless whoever started the program has said how many. */
	static void allowMost() {
		if (System.getProperty(PARALLELISM) != null) return;
		ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)
				.setParallelism(Integer.getInteger("jdk.virtualThreadScheduler.maxPoolSize", MOST));
	}
}
