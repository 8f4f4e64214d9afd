/** Lists of all the staff of some organizations, compared with the accounts there; what they add and change, previews do. */
@NullMarked
package io.rollcall.imports.comparison;

import org.jspecify.annotations.NullMarked;
