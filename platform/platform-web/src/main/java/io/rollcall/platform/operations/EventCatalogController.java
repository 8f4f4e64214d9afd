package io.rollcall.platform.operations;

import java.io.IOException;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.contracts.Topics;

/** {@code /api/docs/events}: the AsyncAPI document of all topics, as it is checked in and tested. */
@RestController
class EventCatalogController {
	private static final MediaType YAML = MediaType.parseMediaType("application/yaml"); // RFC 9512

	@GetMapping("/api/docs/events")
	@PreAuthorize("isAuthenticated()")
	ResponseEntity<byte[]> events() throws IOException {
		var document = new ClassPathResource("asyncapi.yaml", Topics.class);
		return ResponseEntity.ok().contentType(YAML).body(document.getContentAsByteArray());
	}
}
