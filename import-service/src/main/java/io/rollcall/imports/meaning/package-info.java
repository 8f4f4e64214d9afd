/** What people write in place of what a field takes: a teacher for a test administrator, a phone number in its own way. */
@NullMarked
package io.rollcall.imports.meaning;

import org.jspecify.annotations.NullMarked;
