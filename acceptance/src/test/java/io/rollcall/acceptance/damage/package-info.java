/** Good files, damaged in the ways in which real ones are: each for itself and two at a time, from one seed. */
@NullMarked
package io.rollcall.acceptance.damage;

import org.jspecify.annotations.NullMarked;
