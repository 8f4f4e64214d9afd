package io.rollcall.acceptance.campaign;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of many cases a run tries, by {@code -Drollcall.campaign.part=K/N}: every N-th one from the K-th on, counted from 0. The runs 0/N
 * to N-1/N try all of them together; without it one run does.
 */
final class Part {
	private static final String[] WANTED = System.getProperty("rollcall.campaign.part", "0/1").split("/");

	private Part() {}

	static <T> Stream<T> of(List<T> cases) {
		int parts = Integer.parseInt(WANTED[1]);
		int part = Integer.parseInt(WANTED[0]);
		return IntStream.range(0, cases.size()).filter(i -> i % parts == part).mapToObj(cases::get);
	}
}
