package io.rollcall.platform.tomcat;

import java.util.Map;

import org.apache.catalina.Host;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Gives every service's Tomcat {@link PacedHttp}, {@link Lines}, {@link Bodies} and {@link ProblemReports}.
 */
@AutoConfiguration
@EnableConfigurationProperties(Pace.class)
class TomcatAutoConfiguration {
	@Bean
	@ConditionalOnMissingBean
	ProblemReports problemReports() {
		return new ProblemReports(Map.of());
	}

	@Bean
	Customizer tomcatCustomizer(ProblemReports reports, Pace pace) {
		return new Customizer(pace, reports);
	}

	record Customizer(Pace pace, ProblemReports reports)
			implements
				WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>,
				Ordered {
		@Override
		public void customize(ConfigurableTomcatWebServerFactory factory) {
			if (factory instanceof TomcatWebServerFactory server) server.setProtocol(PacedHttp.class.getName());
			factory.addProtocolHandlerCustomizers((PacedHttp protocol) -> {
				protocol.setPace(pace);
				// A body that is going to be refused is not asked for.
				protocol.setContinueResponseTiming("onRead");
			});
			factory.addEngineValves(new Lines(), new Bodies());
			factory.addContextCustomizers(context -> reportIn((Host) context.getParent()));
		}

		/** After Spring Boot, which brings an HTML page. */
		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

		private void reportIn(Host host) {
			Pipeline pipeline = host.getPipeline();
			for (Valve valve : pipeline.getValves())
				if (valve instanceof ErrorReportValve) pipeline.removeValve(valve);
			pipeline.addValve(reports);
			if (host instanceof StandardHost standard) standard.setErrorReportValveClass(reports.getClass().getName());
		}
	}
}
