package io.rollcall.imports.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Files that nobody sends in good faith; each kind in as many sizes and places as there are seeds. None of them may be taken. */
public enum HostileFiles {
	NUL {
		@Override
		byte[] of(Random random) {
			return inserted(valid(random), random, (byte) 0);
		}
	},
	BYTES_OF_NO_ENCODING {
		@Override
		byte[] of(Random random) {
			return inserted(valid(random), random, (byte) 0x81); // no UTF-8, and unassigned in Windows-1252
		}
	},
	HALF_OF_A_SURROGATE_PAIR {
		@Override
		byte[] of(Random random) {
			return joined(bytes(0xFE, 0xFF), (text(random) + "\uD83D").getBytes(UTF_16BE),
					bytes(0xD8, 0x3D, 0, 'x'));
		}
	},
	ODD_UTF_16 {
		@Override
		byte[] of(Random random) {
			return joined(bytes(0xFF, 0xFE), text(random).getBytes(UTF_16LE), bytes('x'));
		}
	},
	UTF_32 {
		@Override
		byte[] of(Random random) {
			byte[] utf16 = text(random).getBytes(UTF_16LE);
			var wide = new ByteArrayOutputStream();
			wide.writeBytes(bytes(0xFF, 0xFE, 0, 0));
			for (int i = 0; i < utf16.length; i += 2)
				wide.writeBytes(bytes(utf16[i], utf16[i + 1], 0, 0));
			return wide.toByteArray();
		}
	},
	UTF_7_AND_EBCDIC {
		@Override
		byte[] of(Random random) {
			return random.nextBoolean()
					? "+ACI-Username+ACI-".getBytes(UTF_8)
					: bytes(0xE4, 0xA2, 0x85, 0x99, 0x95, 0x81, 0x94, 0x85, 0x6B, 0xC6);
		}
	},
	QUOTE_THAT_NEVER_CLOSES {
		@Override
		byte[] of(Random random) {
			return (text(random) + "\"" + "x,\r\n".repeat(random.nextInt(1_000_000))).getBytes(UTF_8);
		}
	},
	QUOTES_WITHOUT_END {
		@Override
		byte[] of(Random random) {
			return (text(random) + "\"".repeat(2 * random.nextInt(2_000_000) + 1)).getBytes(UTF_8);
		}
	},
	TEXT_BEHIND_A_QUOTE {
		@Override
		byte[] of(Random random) {
			return (text(random) + "\"" + "a".repeat(random.nextInt(1000)) + "\" ,b,c,d,e,f").getBytes(UTF_8);
		}
	},
	MILLION_COLUMNS_IN_THE_HEADER {
		@Override
		byte[] of(Random random) {
			return (Client.HEADER + ",x".repeat(1_000_000 + random.nextInt(1_000_000)) + "\r\n").getBytes(UTF_8);
		}
	},
	MILLION_CELLS_IN_A_ROW {
		@Override
		byte[] of(Random random) {
			return (text(random) + ",x".repeat(1_000_000 + random.nextInt(1_000_000)) + "\r\n").getBytes(UTF_8);
		}
	},
	WIDE_AND_QUOTED {
		@Override
		byte[] of(Random random) {
			return (Client.HEADER + ",\"\"".repeat(16_000) + ",\"x\"".repeat(random.nextInt(1, 300))).getBytes(UTF_8);
		}
	},
	MILLION_ROWS {
		@Override
		byte[] of(Random random) {
			return (Client.HEADER + "\n" + "a,b\n".repeat(1_000_000 + random.nextInt(200_000))).getBytes(UTF_8);
		}
	},
	MILLION_BLANK_ROWS_AND_ONE_THAT_IS_NOT {
		@Override
		byte[] of(Random random) {
			return (Client.HEADER + "\n" + ",,\n".repeat(500_000 + random.nextInt(1_000_000)) + ",,,,,,,,x\"")
					.getBytes(UTF_8);
		}
	},
	ROW_TOO_MANY {
		@Override
		byte[] of(Random random) {
			return Client.file("many", 201 + random.nextInt(5000)).getBytes(UTF_8);
		}
	},
	GIANT_COLUMN_NAME {
		@Override
		byte[] of(Random random) {
			return ("x".repeat(random.nextInt(5_000_000)) + "," + text(random)).getBytes(UTF_8);
		}
	},
	COLUMN_NAME_THAT_TURNS_THE_SCREEN_AROUND {
		@Override
		byte[] of(Random random) {
			String bidi = List.of("\u202E", "\u2066", "\u200F", "\u200B", "\u0007").get(random.nextInt(5));
			return text(random).replaceFirst("Email", "Em" + bidi + "ail").getBytes(UTF_8);
		}
	},
	COLUMN_TWICE {
		@Override
		byte[] of(Random random) {
			return text(random).replaceFirst("Org", "Org" + ",eMaIl".repeat(random.nextInt(1, 10_000))).getBytes(UTF_8);
		}
	},
	OTHER_SEPARATOR {
		@Override
		byte[] of(Random random) {
			return text(random).replace(',', "\t;|:".charAt(random.nextInt(4))).getBytes(UTF_8);
		}
	},
	OTHER_FORMAT {
		@Override
		byte[] of(Random random) {
			String start = List
					.of("PK\u0003\u0004", "%PDF-1.7\n", "{\\rtf1", "<html>", "{\"a\":1}", "<?xml version='1.0'?>")
					.get(random.nextInt(6));
			return joined(start.getBytes(UTF_8), valid(random));
		}
	},
	COMPRESSED {
		@Override
		byte[] of(Random random) {
			var packed = new ByteArrayOutputStream();
			try (var gzip = new GZIPOutputStream(packed)) {
				gzip.write(new byte[50_000_000]); // what it would be to whoever opens it
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
			return packed.toByteArray();
		}
	},
	NOISE {
		@Override
		byte[] of(Random random) {
			byte[] noise = new byte[1 + random.nextInt(5_000_000)];
			random.nextBytes(noise);
			return joined(noise, bytes(0));
		}
	},
	TOO_LARGE {
		@Override
		byte[] of(Random random) {
			return (text(random) + " ".repeat((5 << 20) + random.nextInt(4 << 20))).getBytes(UTF_8);
		}
	},
	NOTHING {
		@Override
		byte[] of(Random random) {
			return (random.nextBoolean() ? "\uFEFF" : "").concat(",\r\n".repeat(random.nextInt(1_000_000)))
					.getBytes(UTF_8);
		}
	},
	LINE_ENDS_OF_OTHER_PLANETS {
		@Override
		byte[] of(Random random) {
			return text(random).replace("\r\n", List.of("\u2028", "\u0085", "\u000B").get(random.nextInt(3)))
					.getBytes(UTF_8);
		}
	};

	/** A file of this kind. */
	abstract byte[] of(Random random);

	/** The same file for the same seed. */
	public byte[] of(long seed) {
		return of(new Random(seed * 31 + ordinal()));
	}

	private static String text(Random random) {
		return Client.file("hostile", 1 + random.nextInt(100));
	}

	private static byte[] valid(Random random) {
		return text(random).getBytes(UTF_8);
	}

	private static byte[] inserted(byte[] content, Random random, byte one) {
		int at = random.nextInt(content.length);
		return joined(Arrays.copyOf(content, at), new byte[]{one}, Arrays.copyOfRange(content, at, content.length));
	}

	private static byte[] joined(byte[]... parts) {
		var all = new ByteArrayOutputStream();
		for (byte[] part : parts)
			all.writeBytes(part);
		return all.toByteArray();
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++)
			bytes[i] = (byte) values[i];
		return bytes;
	}
}
