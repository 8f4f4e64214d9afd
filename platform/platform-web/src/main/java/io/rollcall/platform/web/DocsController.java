package io.rollcall.platform.web;

import java.io.IOException;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/docs/NAME}: the service's OpenAPI document as it is checked in, made and held to the code by the service's tests. */
@RestController
class DocsController {
	private static final MediaType YAML = MediaType.parseMediaType("application/yaml"); // RFC 9512

	@GetMapping("/api/docs/{name:[a-z-]+}")
	@PreAuthorize("isAuthenticated()")
	ResponseEntity<byte[]> document(@PathVariable String name) throws IOException {
		Resource document = new ClassPathResource("openapi/" + name + ".yaml");
		if (!document.exists()) {
			throw Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address.");
		}
		return ResponseEntity.ok().contentType(YAML).body(document.getContentAsByteArray()); // whole: a range of it is of no use
	}
}
