package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks for many secrets at once in bytes, in each of the spellings that software gives a text: as it is (which for letters
 * and digits is also JSON, URL and quoted-printable), base64 at each of its three alignments, hex in both cases, percent
 * signs for every byte, UTF-16 in both byte orders, and backwards.
 */
public final class SecretSearch {
	/** Enough to be no accident among megabytes, and shorter than every spelling. */
	private static final int WINDOW = 12;
	private static final long BASE = 1_099_511_628_211L;

	private record Spelling(String kind, byte[] bytes) {}

	private final Map<Long, List<Spelling>> byFirstBytes = new HashMap<>();
	private final long[] filter = new long[1 << 18];
	private final long outgoing;

	public SecretSearch(Collection<String> secrets) {
		long power = 1;
		for (int i = 1; i < WINDOW; i++) {
			power *= BASE;
		}
		outgoing = power;
		secrets.forEach(this::add);
	}

	private void add(String secret) {
		String letters = longestOfLettersAndDigits(secret);
		byte[] plain = letters.getBytes(StandardCharsets.US_ASCII);
		add("plain", plain);
		add("backwards", new StringBuilder(letters).reverse().toString().getBytes(StandardCharsets.US_ASCII));
		for (int before = 0; before < 3; before++) {
			byte[] shifted = new byte[before + plain.length];
			System.arraycopy(plain, 0, shifted, before, plain.length);
			// The characters at the ends depend on the neighbours too.
			String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
			String certain = base64.substring(before == 0 ? 0 : before + 1, shifted.length / 3 * 4);
			add("base64", certain.getBytes(StandardCharsets.US_ASCII));
			String forUrls = certain.replace('+', '-').replace('/', '_');
			if (!forUrls.equals(certain)) {
				add("base64url", forUrls.getBytes(StandardCharsets.US_ASCII));
			}
		}
		String hex = HexFormat.of().formatHex(plain);
		add("hex", hex.getBytes(StandardCharsets.US_ASCII));
		add("HEX", hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
		add("percent", HexFormat.of().withPrefix("%").formatHex(plain).getBytes(StandardCharsets.US_ASCII));
		add("PERCENT", HexFormat.of().withPrefix("%").withUpperCase().formatHex(plain)
				.getBytes(StandardCharsets.US_ASCII));
		add("UTF-16LE", letters.getBytes(StandardCharsets.UTF_16LE));
		add("UTF-16BE", letters.getBytes(StandardCharsets.UTF_16BE));
	}

	/** A secret's other characters have too many spellings, in HTML, JSON and URLs; this part of it has one in each. */
	private static String longestOfLettersAndDigits(String secret) {
		String longest = Arrays.stream(secret.split("[^A-Za-z0-9]+")).max(Comparator.comparingInt(String::length))
				.orElse("");
		if (longest.length() < WINDOW) {
			throw new IllegalArgumentException("Too short to be looked for");
		}
		return longest;
	}

	private void add(String kind, byte[] bytes) {
		long hash = 0;
		for (int i = 0; i < WINDOW; i++) {
			hash = hash * BASE + bytes[i];
		}
		byFirstBytes.computeIfAbsent(hash, _ -> new ArrayList<>()).add(new Spelling(kind, bytes));
		filter[slot(hash)] |= 1L << hash;
	}

	private int slot(long hash) {
		return (int) (hash >>> 40) & filter.length - 1;
	}

	/** What was found, as place, spelling and offset: never the secret itself. */
	public List<String> in(String place, byte[] bytes) {
		var found = new ArrayList<String>();
		long hash = 0;
		for (int i = 0; i < bytes.length; i++) {
			if (i >= WINDOW) {
				hash -= bytes[i - WINDOW] * outgoing;
			}
			hash = hash * BASE + bytes[i];
			if (i >= WINDOW - 1 && (filter[slot(hash)] >>> hash & 1) != 0) {
				int start = i - WINDOW + 1;
				for (Spelling spelling : byFirstBytes.getOrDefault(hash, List.of())) {
					int end = start + spelling.bytes().length;
					if (end <= bytes.length
							&& Arrays.equals(bytes, start, end, spelling.bytes(), 0, spelling.bytes().length)) {
						found.add(place + ": " + spelling.kind() + " at " + start);
					}
				}
			}
		}
		return found;
	}

	/** The same in a file. */
	public List<String> in(Path file) {
		try {
			return in(file.toString(), Files.readAllBytes(file));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
