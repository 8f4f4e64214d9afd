package io.rollcall.platform.tomcat;

import java.time.Duration;
import java.util.Map;

import org.apache.catalina.Host;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Gives every service's Tomcat {@link TimedHeads}, {@link BareLines}, {@link Bodies}, with the service's own {@link Bodies.Limit} if it
 * has one, and {@link ProblemReports}.
 */
@AutoConfiguration
class TomcatAutoConfiguration {
	@Bean
	@ConditionalOnMissingBean
	ProblemReports problemReports() {
		return new ProblemReports(Map.of());
	}

	@Bean
	Customizer tomcatCustomizer(ObjectProvider<Bodies.Limit> limit, ProblemReports reports,
			@Value("${rollcall.head-deadline:30s}") Duration headDeadline) {
		return new Customizer(new Bodies(limit.getIfAvailable(() -> (_, _) -> false)), reports, headDeadline);
	}

	record Customizer(Bodies bodies, ProblemReports reports, Duration headDeadline)
			implements
				WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>,
				Ordered {
		@Override
		public void customize(ConfigurableTomcatWebServerFactory factory) {
			if (factory instanceof TomcatWebServerFactory server) server.setProtocol(TimedHeads.class.getName());
			factory.addProtocolHandlerCustomizers((TimedHeads protocol) -> protocol.setLimit(headDeadline));
			factory.addEngineValves(new BareLines(), bodies);
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
