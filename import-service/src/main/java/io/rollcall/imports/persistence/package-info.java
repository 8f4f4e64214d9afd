/**
 * Imports with their files and rows, drafts, compared lists, quotas, remembered columns and the dispatcher's lease as MongoDB
 * documents (decision 31).
 */
@NullMarked
package io.rollcall.imports.persistence;

import org.jspecify.annotations.NullMarked;
