/** What every CSV file of the system has in common. */
@NullMarked
package io.rollcall.platform.csv;

import org.jspecify.annotations.NullMarked;
