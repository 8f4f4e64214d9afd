/** The service's own database: documents are mapped by hand in each service, on MongoDB's driver. */
@NullMarked
package io.rollcall.platform.persistence;

import org.jspecify.annotations.NullMarked;
