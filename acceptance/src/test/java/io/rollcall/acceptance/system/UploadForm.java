package io.rollcall.acceptance.system;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A filled-in form with a file (RFC 7578), as the upload page sends it. */
public record UploadForm(String contentType, byte[] body) {
	public static UploadForm of(String fileName, byte[] content, String action, boolean dryRun) {
		return of(fileName, content, Map.of("action", action, "dryRun", String.valueOf(dryRun)));
	}

	public static UploadForm of(String fileName, byte[] content, Map<String, String> fields) {
		String boundary = "rollcall-" + UUID.randomUUID();
		var body = new ByteArrayOutputStream();
		fields.forEach((name, value) -> body.writeBytes(("--" + boundary
				+ "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
				.getBytes(UTF_8)));
		body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
				+ "\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(UTF_8));
		body.writeBytes(content);
		body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
		return new UploadForm("multipart/form-data; boundary=" + boundary, body.toByteArray());
	}
}
