/** A real Kafka broker for one machine: KRaft, broker and controller in one process, reachable from loopback only. */
@NullMarked
package io.rollcall.standalone.kafka;

import org.jspecify.annotations.NullMarked;
