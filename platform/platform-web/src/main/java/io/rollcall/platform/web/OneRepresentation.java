package io.rollcall.platform.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Answers in the one representation that there is, whatever {@code Accept} says, as RFC 9110 (12.5.1) lets a server do: Spring would find
 * out that a client does not take the answer when all has been done, and say 406 as if nothing had. Only who wants to hear how
 * something goes on can ask for a stream of events instead.
 */
final class OneRepresentation implements ContentNegotiationStrategy {
	private static final List<MediaType> AS_IT_IS = List.of(MediaType.APPLICATION_JSON, MediaType.ALL);
	private static final List<MediaType> LIVE = List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON,
			MediaType.ALL);

	@Override
	public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
		return wantsEvents(request.getHeaderValues(HttpHeaders.ACCEPT)) ? LIVE : AS_IT_IS;
	}

	private static boolean wantsEvents(String @Nullable [] accept) {
		if (accept == null) return false;
		try {
			return MediaType.parseMediaTypes(List.of(accept)).stream()
					.anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM));
		} catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
			return false;
		}
	}
}
