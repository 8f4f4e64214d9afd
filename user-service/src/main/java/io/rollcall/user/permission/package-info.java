/** Roles, the permissions of the guide's Table 1, and the one policy on who may do what to whom. */
@NullMarked
package io.rollcall.user.permission;

import org.jspecify.annotations.NullMarked;
