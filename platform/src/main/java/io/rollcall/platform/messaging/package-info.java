/**
 * CloudEvents over Kafka. Out: {@link io.rollcall.platform.messaging.CloudEvent} through
 * {@link io.rollcall.platform.messaging.AcknowledgedPublisher}, which returns when the broker has all of them. In: a batch
 * listener hands its records to {@link io.rollcall.platform.messaging.BatchConsumer}, which decodes them, waits while
 * something the work needs is away, and puts the one record that cannot be handled on its dead-letter topic.
 */
@NullMarked
package io.rollcall.platform.messaging;

import org.jspecify.annotations.NullMarked;
