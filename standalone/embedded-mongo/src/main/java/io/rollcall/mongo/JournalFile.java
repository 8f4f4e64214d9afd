package io.rollcall.mongo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import de.bwaldvogel.mongo.wire.BsonConstants;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The form of a {@link Journal}'s files: one record for each change, after its length and its checksum. */
final class JournalFile {
	private static final byte PUT = 1;
	private static final byte REMOVE = 2;
	private static final byte DROP = 3;
	private static final byte[] NOTHING = {};

	private static final int FRAME_HEADER = 8;
	private static final int LARGEST_RECORD = BsonConstants.MAX_BSON_OBJECT_SIZE + 1024;

	/** What happens to one document, or to all of a collection. */
	sealed interface Change {
		/** {@code database.collection}. */
		String namespace();
	}

	/** @param document BSON */
	record Put(String namespace, long position, byte[] document) implements Change {}

	record Remove(String namespace, long position) implements Change {}

	record Drop(String namespace) implements Change {}

	private JournalFile() {}

	static void write(Change change, ByteBuf out) {
		switch (change) {
			case Put put -> write(out, PUT, put.namespace(), put.position(), put.document());
			case Remove remove -> write(out, REMOVE, remove.namespace(), remove.position(), NOTHING);
			case Drop drop -> write(out, DROP, drop.namespace(), 0, NOTHING);
		}
	}

	private static void write(ByteBuf out, byte operation, String namespace, long position, byte[] document) {
		int start = out.writerIndex();
		out.writeLong(0);
		out.writeByte(operation);
		out.writeLong(position);
		int name = out.writerIndex();
		out.writeShort(0);
		out.setShort(name, out.writeCharSequence(namespace, StandardCharsets.UTF_8));
		out.writeBytes(document);
		int length = out.writerIndex() - start - FRAME_HEADER;
		out.setInt(start, length);
		out.setInt(start + 4, checksum(out.array(), out.arrayOffset() + start + FRAME_HEADER, length));
	}

	/**
	 * Reads all records but one that was cut short at the end.
	 *
	 * @return the bytes that were read
	 * @throws IllegalStateException when a record is damaged other than by having been cut short
	 */
	static long read(Path file, Consumer<Change> changes) throws IOException {
		long length = Files.size(file);
		long offset = 0;
		try (DataInputStream in = new DataInputStream(
				new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
			while (length - offset >= FRAME_HEADER) {
				int size = in.readInt();
				int checksum = in.readInt();
				boolean plausible = size > 0 && size <= LARGEST_RECORD;
				if (plausible && size > length - offset - FRAME_HEADER) break;
				byte[] record = plausible ? in.readNBytes(size) : NOTHING;
				if (!plausible || checksum(record, 0, size) != checksum) {
					throw new IllegalStateException(
							"The journal " + file.getFileName() + " is damaged at byte " + offset);
				}
				changes.accept(change(Unpooled.wrappedBuffer(record)));
				offset += FRAME_HEADER + size;
			}
		}
		return offset;
	}

	private static Change change(ByteBuf record) {
		byte operation = record.readByte();
		long position = record.readLong();
		String namespace = record.readCharSequence(record.readShort(), StandardCharsets.UTF_8).toString();
		return switch (operation) {
			case PUT -> new Put(namespace, position, ByteBufUtil.getBytes(record));
			case REMOVE -> new Remove(namespace, position);
			case DROP -> new Drop(namespace);
			default -> throw new IllegalStateException("Unknown record " + operation);
		};
	}

	private static int checksum(byte[] bytes, int offset, int length) {
		CRC32C checksum = new CRC32C();
		checksum.update(ByteBuffer.wrap(bytes, offset, length));
		return (int) checksum.getValue();
	}
}
