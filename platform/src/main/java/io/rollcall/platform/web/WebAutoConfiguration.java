package io.rollcall.platform.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Brings {@link ProblemAdvice} to a service, for what fails in handlers and before them. */
@AutoConfiguration
@Import({ProblemAdvice.class, FilterFailures.class, DocsController.class})
class WebAutoConfiguration {}
