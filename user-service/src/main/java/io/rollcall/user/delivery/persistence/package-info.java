/** The state of deliveries in MongoDB. */
@NullMarked
package io.rollcall.user.delivery.persistence;

import org.jspecify.annotations.NullMarked;
