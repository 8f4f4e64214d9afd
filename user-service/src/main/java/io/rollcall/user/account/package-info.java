/** The account as an aggregate, its fields (guide, Table 4) and the rules that judge what someone filled in. */
@NullMarked
package io.rollcall.user.account;

import org.jspecify.annotations.NullMarked;
