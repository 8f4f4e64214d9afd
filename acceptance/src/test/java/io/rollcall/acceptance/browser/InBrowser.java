package io.rollcall.acceptance.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Tests of the portal in a browser ({@link Chromium}); {@code -Drollcall.browser=false} leaves them out. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "rollcall.browser", matches = "false", disabledReason = "left out by -Drollcall.browser=false")
public @interface InBrowser {
}
