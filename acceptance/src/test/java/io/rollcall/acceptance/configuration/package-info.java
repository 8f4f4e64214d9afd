/** The reference of all settings, made from the code that reads them. */
@NullMarked
package io.rollcall.acceptance.configuration;

import org.jspecify.annotations.NullMarked;
