package io.rollcall.imports.web;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import io.rollcall.platform.tomcat.Bodies;

/** Gives a request's body a time by which it must be there: until then it holds the memory of what has come. */
@Component
class UploadDeadline implements Bodies.Limit {
	private final Duration limit;

	UploadDeadline(@Value("${rollcall.imports.upload-deadline}") Duration limit) {
		this.limit = limit;
	}

	@Override
	public boolean isPassed(long bytes, Duration waited) {
		return waited.compareTo(limit) > 0;
	}
}
