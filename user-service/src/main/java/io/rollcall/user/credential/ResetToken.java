package io.rollcall.user.credential;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** What stands in a mailed link to set a new password: whose it is, and 256 random bits. */
public record ResetToken(String value) {
	private static final int ID_BYTES = 16;
	private static final int RANDOM_BYTES = 32;

	public static ResetToken of(UUID account) {
		ByteBuffer bytes = ByteBuffer.allocate(ID_BYTES + RANDOM_BYTES).putLong(account.getMostSignificantBits())
				.putLong(account.getLeastSignificantBits()).put(Secrets.randomBytes(RANDOM_BYTES));
		return new ResetToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
	}

	/** Whose it is, if it is a token at all. */
	public Optional<UUID> account() {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(value));
			return bytes.remaining() == ID_BYTES + RANDOM_BYTES
					? Optional.of(new UUID(bytes.getLong(), bytes.getLong()))
					: Optional.empty();
		} catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	/** Masked: a secret must not slip into a log. */
	@Override
	public String toString() {
		return "ResetToken[…]";
	}
}
