/**
 * What somebody corrects in an import's records before they are applied, kept as a draft beside records that never change; and how
 * a commit takes it along, once (decision 36).
 */
@NullMarked
package io.rollcall.imports.draft;

import org.jspecify.annotations.NullMarked;
