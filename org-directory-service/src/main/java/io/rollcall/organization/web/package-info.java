/** The directory over HTTP: public facts, read by whoever is signed in. */
@NullMarked
package io.rollcall.organization.web;

import org.jspecify.annotations.NullMarked;
