package io.rollcall.platform;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TraceparentTests {
	private static final String REQUEST = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	@Test
	void recordsOfOneRequestShareItsTraceAndHaveParentsOfTheirOwn() {
		String first = Traceparent.of(REQUEST, "import/1");
		assertThat(first).matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01").isNotEqualTo(REQUEST)
				.isNotEqualTo(Traceparent.of(REQUEST, "import/2")).isEqualTo(Traceparent.of(REQUEST, "import/1"));
		assertThat(Traceparent.traceId(first)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
	}

	@Test
	void whatIsNoTraceHasNoId() {
		assertThat(Traceparent.traceId("maria@agawam.example")).isNull();
		assertThat(Traceparent.traceId(null)).isNull();
		assertThat(Traceparent.of(null, "x")).isNull();
	}
}
