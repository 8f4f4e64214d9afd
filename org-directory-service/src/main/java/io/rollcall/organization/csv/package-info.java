/** The list of organizations as CSV files. */
@NullMarked
package io.rollcall.organization.csv;

import org.jspecify.annotations.NullMarked;
