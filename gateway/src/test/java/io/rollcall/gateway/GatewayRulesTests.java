package io.rollcall.gateway;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Controller;
import org.springframework.web.servlet.function.ServerRequest;

import io.rollcall.gateway.edge.Trace;
import io.rollcall.gateway.edge.TrustedProxies;
import io.rollcall.gateway.signin.SessionTokens;
import io.rollcall.testing.ServiceRules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

@AnalyzeClasses(packages = "io.rollcall.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayRulesTests {
	@ArchTest
	static final ArchRule NOTHING_DECIDED_BEHIND_THE_GATEWAY_IS_KNOWN_HERE = noClasses().that()
			.resideOutsideOfPackage("io.rollcall.gateway.session").should()
			.dependOnClassesThat(resideInAnyPackage("io.rollcall.platform..", "io.rollcall.contracts..",
					"org.apache.kafka..", "com.mongodb..")
					.and(not(resideInAnyPackage("io.rollcall.platform", "io.rollcall.platform.keys",
							"io.rollcall.platform.tomcat"))));

	@ArchTest
	static final ArchRule SESSIONS_ALONE_ARE_STORED = noClasses().that().resideInAPackage("io.rollcall.gateway.session")
			.should().dependOnClassesThat(resideInAnyPackage("io.rollcall.platform..", "io.rollcall.contracts..",
					"org.apache.kafka..")
					.and(not(resideInAnyPackage("io.rollcall.platform", "io.rollcall.platform.persistence"))));

	@ArchTest
	static final ArchRule PARTS_SHARE_LITTLE = classes().that(resideInAnyPackage("io.rollcall.gateway.*"))
			.and(not(resideInAnyPackage("io.rollcall.gateway.session")))
			.and(not(belongToAnyOf(Trace.class, TrustedProxies.class, SessionTokens.class))).should()
			.notHaveModifier(JavaModifier.PUBLIC);

	@ArchTest
	static final ArchRule NO_PART_KNOWS_MORE_THAN_IT_NEEDS = layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("what all share").definedBy("io.rollcall.gateway") //
			.layer("session").definedBy("io.rollcall.gateway.session") //
			.layer("edge").definedBy("io.rollcall.gateway.edge") //
			.layer("signin").definedBy("io.rollcall.gateway.signin") //
			.layer("upstream").definedBy("io.rollcall.gateway.upstream") //
			.layer("portal").definedBy("io.rollcall.gateway.portal") //
			.whereLayer("what all share").mayNotAccessAnyLayer() //
			.whereLayer("session").mayNotAccessAnyLayer() //
			.whereLayer("signin").mayOnlyAccessLayers("what all share", "session") //
			.whereLayer("edge").mayOnlyAccessLayers("what all share", "session", "signin") //
			.whereLayer("portal").mayOnlyAccessLayers("what all share", "signin") //
			.whereLayer("upstream").mayOnlyAccessLayers("what all share", "signin", "edge");

	@ArchTest
	static final ArchRule ALL_GO_BY_ONE_PATH = noClasses().that(not(belongToAnyOf(Paths.class))).should()
			.callMethodWhere(target(nameMatching("getRequestURI|getRequestURL|getServletPath|getPathInfo|requestPath"))
					.or(target(nameMatching("path|uri"))
							.and(target(owner(assignableTo(ServerRequest.class))))));

	@ArchTest
	static final ArchRule ROUTES_ARE_THE_ONLY_WAY_IN = noClasses().should().beMetaAnnotatedWith(Controller.class);

	@Test
	void noTwoPartsKnowEachOther() {
		ServiceRules.noCircles("io.rollcall.gateway");
	}
}
