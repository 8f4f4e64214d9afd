package io.rollcall.platform.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Brings {@link ProblemAdvice} to a service. */
@AutoConfiguration
@Import({ProblemAdvice.class, DocsController.class})
class WebAutoConfiguration {}
