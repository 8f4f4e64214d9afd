/**
 * Districts and schools, as the state lists them. The service owns their codes: it loads the list at start, keeps what the
 * list no longer names as closed, announces each change, and answers what a code means from memory.
 */
@NullMarked
package io.rollcall.organization;

import org.jspecify.annotations.NullMarked;
