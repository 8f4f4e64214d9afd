/**
 * MongoDB for one machine: mongo-java-server, made to keep its acknowledged writes, behind {@link EmbeddedMongo}.
 */
@NullMarked
package io.rollcall.mongo;

import org.jspecify.annotations.NullMarked;
