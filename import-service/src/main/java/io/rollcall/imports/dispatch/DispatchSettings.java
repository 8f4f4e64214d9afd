package io.rollcall.imports.dispatch;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param window rows under way at once, over all imports
 * @param chunk rows that a district gets in one turn
 * @param batch rows published at once
 * @param poll how often other instances' imports and outcomes are looked for
 * @param lease how long the dispatching instance may be silent before another takes over
 * @param stalledAfter an import that gets no outcome for so long while others do no longer counts for the window
 * @param redispatchAfter rows without an outcome for so long are sent again; doubled each time
 */
@ConfigurationProperties("rollcall.imports.dispatch")
public record DispatchSettings(@DefaultValue("1000") int window, @DefaultValue("20") int chunk,
		@DefaultValue("500") int batch, @DefaultValue("250ms") Duration poll, @DefaultValue("4s") Duration lease,
		@DefaultValue("60s") Duration stalledAfter, @DefaultValue("10m") Duration redispatchAfter) {
	public DispatchSettings {
		if (window < 1 || chunk < 1 || batch < 1) {
			throw new IllegalArgumentException("rollcall.imports.dispatch: window, chunk and batch must be positive");
		}
	}
}
