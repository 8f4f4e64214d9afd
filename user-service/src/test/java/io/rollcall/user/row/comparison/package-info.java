@NullMarked
package io.rollcall.user.row.comparison;

import org.jspecify.annotations.NullMarked;
