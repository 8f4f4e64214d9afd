package io.rollcall.standalone.mail;

import java.time.Instant;
import java.util.List;

/**
 * An accepted mail without its body. Recipients are those of the envelope; ids count up from 1 in the order of
 * acceptance and stay the same across restarts.
 */
public record Mail(long id, Instant receivedAt, String from, List<String> recipients, String subject,
		String messageId) {}
