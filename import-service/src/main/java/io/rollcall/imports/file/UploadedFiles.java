package io.rollcall.imports.file;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Where the files are kept as they were uploaded, byte for byte. */
public interface UploadedFiles {
	/** Keeps a file for an import; again, it is replaced. */
	void keep(UUID importId, byte[] content, Instant until);

	/** Empty when there is none any more. */
	Optional<byte[]> find(UUID importId);

	void delete(UUID importId);
}
