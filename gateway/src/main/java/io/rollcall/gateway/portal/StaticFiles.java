package io.rollcall.gateway.portal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.AnswerHeaders;
import io.rollcall.platform.Sha256;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The portal's files: {@code static/} on the class path, and libraries that come as WebJars at {@code /webjars/name/…} without
 * their version. They are read once, at the start; a path is looked up among them and nowhere else.
 */
@Component
final class StaticFiles {
	static final String INDEX = "/index.html";

	private static final Pattern OURS = Pattern.compile(".*/static(/.+)");
	private static final Pattern WEBJAR = Pattern.compile(".*/META-INF/resources(/webjars/[^/]+)/[^/]+(/.+)");
	/** A name that changes with the content, as {@code app.3f2a9c01.js}. */
	private static final Pattern VERSIONED = Pattern.compile(".*[.-][0-9a-f]{8,}\\.[a-z0-9]+");
	private static final Pattern ACCEPTS_GZIP = Pattern
			.compile("(?i)(^|,)\\s*gzip\\s*(;\\s*q=(1|0\\.0*[1-9]).*)?(,|$)");
	private static final int WORTH_COMPRESSING = 1024;

	/** @param gzip null when it would hardly be smaller */
	private record File(MediaType type, byte[] plain, byte @Nullable [] gzip, String etag, boolean versioned) {
		static File of(String path, byte[] content) {
			MediaType type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
			boolean text = type.getType().equals("text") || type.getSubtype().matches("json|.*\\+(json|xml)");
			byte[] gzip = text && content.length >= WORTH_COMPRESSING ? compressed(content) : null;
			return new File(text ? new MediaType(type, UTF_8) : type, content, gzip, Sha256.shortHex(content),
					VERSIONED.matcher(path).matches());
		}
	}

	private final Map<String, File> files = new HashMap<>();

	StaticFiles() {
		try {
			var resources = new PathMatchingResourcePatternResolver();
			read(resources.getResources("classpath*:/META-INF/resources/webjars/*/*/**"), WEBJAR);
			read(resources.getResources("classpath*:/static/**"), OURS);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void read(Resource[] resources, Pattern layout) throws IOException {
		for (Resource resource : resources) {
			Matcher place = layout.matcher(resource.getURL().toString());
			if (!resource.isReadable() || !place.matches() || place.group().endsWith("/")) continue;
			String path = place.groupCount() == 1 ? place.group(1) : place.group(1) + place.group(2);
			files.put(path, File.of(path, resource.getContentAsByteArray()));
		}
	}

	/** The path of the file that a request for {@code path} gets, of a folder's its page; empty when there is none. */
	Optional<String> at(String path) {
		if (files.containsKey(path)) return Optional.of(path);
		String page = path.endsWith("/") ? path + INDEX.substring(1) : path + INDEX;
		return files.containsKey(page) ? Optional.of(page) : Optional.empty();
	}

	/** @param path of a file that there is */
	ServerResponse serve(String path, ServerRequest request) {
		File file = Objects.requireNonNull(files.get(path), path);
		byte[] gzip = acceptsGzip(request) ? file.gzip : null;
		String etag = '"' + file.etag + (gzip == null ? "" : "-gzip") + '"';
		boolean unchanged = request.checkNotModified(etag).isPresent();
		var response = (unchanged ? ServerResponse.status(HttpStatus.NOT_MODIFIED) : ServerResponse.ok()).eTag(etag)
				.headers(headers -> {
					AnswerHeaders.PAGE.headers().forEach(headers::set);
					// "no-cache" is: ask each time whether it has changed, which costs a 304
					headers.setCacheControl(file.versioned ? "public, max-age=31536000, immutable" : "no-cache");
					if (file.gzip != null) headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
					if (gzip != null) headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
				});
		return unchanged ? response.build() : response.contentType(file.type).body(gzip == null ? file.plain : gzip);
	}

	private static boolean acceptsGzip(ServerRequest request) {
		return request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream()
				.anyMatch(value -> ACCEPTS_GZIP.matcher(value).find());
	}

	private static byte[] compressed(byte[] content) {
		var bytes = new ByteArrayOutputStream();
		try (var gzip = new GZIPOutputStream(bytes)) {
			gzip.write(content);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}
}
