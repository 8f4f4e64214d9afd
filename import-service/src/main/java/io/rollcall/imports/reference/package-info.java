/**
 * Asks org-directory-service and user-service what a cell may have been meant to be, and user-service what a list of all staff
 * says of the accounts.
 */
@NullMarked
package io.rollcall.imports.reference;

import org.jspecify.annotations.NullMarked;
