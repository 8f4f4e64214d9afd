@NullMarked
package io.rollcall.user.comparison;

import org.jspecify.annotations.NullMarked;
