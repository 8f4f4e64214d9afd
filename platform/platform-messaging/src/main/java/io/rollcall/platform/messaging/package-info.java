/**
 * CloudEvents over Kafka, by Spring Cloud Stream (ADR 30). Out: {@link io.rollcall.platform.messaging.CloudEvent} through
 * {@link io.rollcall.platform.messaging.AcknowledgedPublisher}, which returns when the broker has all of them. In: each poll of an input
 * whose messages are acted on goes to a {@link io.rollcall.platform.messaging.BatchConsumer}, which decodes the records, waits while something the work needs is
 * away, and puts the one record that cannot be handled on its dead-letter topic. {@link io.rollcall.platform.messaging.Inputs} starts,
 * stops and watches the inputs.
 */
@NullMarked
package io.rollcall.platform.messaging;

import org.jspecify.annotations.NullMarked;
