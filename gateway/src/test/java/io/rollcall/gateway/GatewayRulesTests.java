package io.rollcall.gateway;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.stereotype.Controller;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.rollcall.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayRulesTests {
	@ArchTest
	static final ArchRule NOTHING_DECIDED_BEHIND_THE_GATEWAY_IS_KNOWN_HERE = noClasses().should()
			.dependOnClassesThat(resideInAnyPackage("io.rollcall.platform..", "io.rollcall.contracts..",
					"org.apache.kafka..", "com.mongodb..")
					.and(not(resideInAnyPackage("io.rollcall.platform.session", "io.rollcall.platform.keys"))));

	@ArchTest
	static final ArchRule ONLY_MAIN_IS_PUBLIC = classes().that().haveSimpleNameNotEndingWith("Application").should()
			.notHaveModifier(JavaModifier.PUBLIC);

	@ArchTest
	static final ArchRule ROUTES_ARE_THE_ONLY_WAY_IN = noClasses().should().beMetaAnnotatedWith(Controller.class);
}
