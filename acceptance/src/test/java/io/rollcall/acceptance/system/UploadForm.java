package io.rollcall.acceptance.system;

import java.io.ByteArrayOutputStream;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A filled-in form with a file (RFC 7578), as the upload page sends it. */
public record UploadForm(String contentType, byte[] body) {
	public static UploadForm of(String fileName, byte[] content, String action, boolean dryRun) {
		String boundary = "rollcall-" + UUID.randomUUID();
		var body = new ByteArrayOutputStream();
		body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\n" + action
				+ "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"dryRun\"\r\n\r\n" + dryRun
				+ "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
				+ "\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(UTF_8));
		body.writeBytes(content);
		body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
		return new UploadForm("multipart/form-data; boundary=" + boundary, body.toByteArray());
	}
}
