/** Asks org-directory-service. */
@NullMarked
package io.rollcall.user.directory.orgdirectory;

import org.jspecify.annotations.NullMarked;
