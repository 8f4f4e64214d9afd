package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C (RFC 9260, appendix B), which a processor computes faster than a disk reads: it finds damage and change, no forger. */
final class Checksum {
	private static final int PIECE = 1 << 20;

	private Checksum() {}

	/** Of all that the file holds, as eight hexadecimal digits. */
	static String of(Path file) throws IOException {
		var checksum = new CRC32C();
		var piece = ByteBuffer.allocateDirect(PIECE);
		try (var channel = FileChannel.open(file)) {
			while (channel.read(piece) >= 0) {
				checksum.update(piece.flip());
				piece.clear();
			}
		}
		return hex(checksum);
	}

	static String of(String text) {
		var checksum = new CRC32C();
		checksum.update(text.getBytes(StandardCharsets.UTF_8));
		return hex(checksum);
	}

	private static String hex(CRC32C checksum) {
		return HexFormat.of().toHexDigits((int) checksum.getValue());
	}
}
