/**
 * An account's ten fields (guide, Table 4): what each may hold, what someone filled in, and the rules that judge it. Whose profile
 * it is and what else the account does is not known here.
 */
@NullMarked
package io.rollcall.user.account.profile;

import org.jspecify.annotations.NullMarked;
