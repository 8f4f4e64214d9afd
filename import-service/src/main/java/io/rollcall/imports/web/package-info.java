/** Imports over HTTP. */
@NullMarked
package io.rollcall.imports.web;

import org.jspecify.annotations.NullMarked;
