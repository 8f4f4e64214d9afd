/** The service's own database, by Spring Data MongoDB: indexes, leases, retention, and how long a database that is away is waited for. */
@NullMarked
package io.rollcall.platform.persistence;

import org.jspecify.annotations.NullMarked;
