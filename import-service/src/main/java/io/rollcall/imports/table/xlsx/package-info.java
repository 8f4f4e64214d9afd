/** Excel workbooks by Apache POI, of which nothing is run, fetched, or taken at its word about its size. */
@NullMarked
package io.rollcall.imports.table.xlsx;

import org.jspecify.annotations.NullMarked;
