/** Sign-in pages, plain HTML that needs no script, and the calls for programs' own pages. */
@NullMarked
package io.rollcall.user.signin.web;

import org.jspecify.annotations.NullMarked;
