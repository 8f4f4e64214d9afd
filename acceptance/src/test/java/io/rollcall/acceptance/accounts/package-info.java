/** The system on a broker that knows accounts and lets each do what it needs, set up by the blocks of {@code docs/deploy.md}. */
@NullMarked
package io.rollcall.acceptance.accounts;

import org.jspecify.annotations.NullMarked;
