/** How an import goes: rows done, how fast, how long still, what is ahead of it. Read from what is stored, by any instance. */
@NullMarked
package io.rollcall.imports.progress;

import org.jspecify.annotations.NullMarked;
