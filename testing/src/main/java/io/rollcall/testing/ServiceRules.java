package io.rollcall.testing;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What holds in every service: the domain at the root knows no outside world, an outside world keeps its classes to itself,
 * no two packages know each other, no endpoint is without a rule, nobody knows the binder, documents are mapped, and nobody gives an index a time to live but Retention.
 */
public final class ServiceRules {
	/** What writes documents by hand, and why, stands in ADR 31. */
	private static final Set<String> ON_THE_DRIVER = Set.of("MongoAccounts", "MongoDeliveries", "MongoAppliedPositions",
			"MongoImports", "KeptFiles", "MongoLedger", "MongoEndings", "SharedState");

	private ServiceRules() {}

	/**
	 * Checks the service whose domain lives in {@code root}.
	 *
	 * @param adapters names of the sub-packages that are outside worlds, as {@code web}; one that is missing fails
	 */
	public static void check(String root, String... adapters) {
		var all = importedFrom(root);
		for (String adapter : adapters) {
			if (all.stream().noneMatch(type -> inside(root, adapter).test(type))) {
				throw new AssertionError("no class in " + root + ".." + adapter);
			}
		}
		DescribedPredicate<JavaClass> anyAdapter = DescribedPredicate.describe("in an adapter", type -> {
			for (String adapter : adapters)
				if (inside(root, adapter).test(type)) return true;
			return false;
		});
		DescribedPredicate<JavaClass> domain = DescribedPredicate.describe("in the domain",
				type -> type.getPackageName().startsWith(root) && !anyAdapter.test(type)
						&& !type.getSimpleName().endsWith("Application")
						&& !type.getSimpleName().equals("package-info"));
		ArchRule rules = CompositeArchRule
				.of(noClasses().that(domain).should().dependOnClassesThat(anyAdapter)
						.as("the domain does not know its adapters"))
				.and(noClasses().that(domain).should().dependOnClassesThat()
						.resideInAnyPackage("tools.jackson..", "com.fasterxml..", "org.apache.kafka..",
								"org.springframework.kafka..", "org.springframework.cloud..",
								"org.springframework.integration..", "org.springframework.messaging..",
								"jakarta.servlet..", "org.springframework.web..",
								"com.mongodb..", "org.bson..", "org.springframework.data..",
								"org.springframework.dao..", "io.rollcall.contracts..")
						.as("the domain knows no wire, no web and no store"))
				.and(classes().that(anyAdapter).and().areTopLevelClasses().should().notBePublic()
						.as("an adapter keeps its classes to itself").allowEmptyShould(true))
				.and(noClasses().should().dependOnClassesThat()
						.resideInAnyPackage("org.springframework.cloud.stream..", "org.springframework.integration..")
						.orShould().dependOnClassesThat().resideInAPackage("org.springframework.kafka.annotation..")
						.as("what streams there are stands in application.yml, and how they behave in platform.messaging"))
				// Boot's factories make them, with the account and TLS that the settings say.
				.and(noClasses().should().dependOnClassesThat()
						.haveNameMatching("org\\.apache\\.kafka\\.clients\\.(admin\\.(Kafka)?Admin(Client)?"
								+ "|consumer\\.KafkaConsumer|producer\\.KafkaProducer)")
						.as("no client of the broker is made by hand"))
				.and(noClasses()
						.that(DescribedPredicate.describe("are mapped",
								type -> !ON_THE_DRIVER.contains(type.getSimpleName())))
						.should().dependOnClassesThat().haveFullyQualifiedName(MongoCollection.class.getName())
						.as("documents are mapped by Spring Data, but for those whose reasons ADR 31 gives"))
				.and(noClasses().should().callMethod(IndexOptions.class, "expireAfter", Long.class, TimeUnit.class)
						.orShould()
						.callMethodWhere(target(owner(assignableTo(Index.class))).and(target(nameMatching("expire"))))
						.orShould().dependOnClassesThat().areAssignableTo(Indexed.class)
						.as("what is kept for a time is Retention's"));
		rules.check(all);
		endpointsHaveRules(root, "io.rollcall.platform");
		noCircles(root);
	}

	/** The platform's endpoints are in every service, too. Rules are looked for at controllers alone: the advisor of platform.security. */
	private static void endpointsHaveRules(String... roots) {
		CompositeArchRule.of(methods().that().areMetaAnnotatedWith(RequestMapping.class).should()
				.beAnnotatedWith(PreAuthorize.class).as("every endpoint has a rule").allowEmptyShould(true))
				.and(noClasses().that().areNotMetaAnnotatedWith(Controller.class).should().dependOnClassesThat()
						.belongToAnyOf(PreAuthorize.class).as("only controllers have rules of endpoints"))
				.and(noClasses().should().dependOnClassesThat()
						.belongToAnyOf(PreFilter.class, PostAuthorize.class, PostFilter.class)
						.as("what somebody may do is decided before it is done"))
				.check(importedFrom(roots));
	}

	private static JavaClasses importedFrom(String... roots) {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(roots);
	}

	/** Checks that no two packages, and no two features with all that is below them, know each other, by however many steps. */
	public static void noCircles(String root) {
		var all = importedFrom(root);
		slices().assignedFrom(by("packages", root, Function.identity())).should().beFreeOfCycles().check(all);
		slices().assignedFrom(by("features", root, it -> it.replaceFirst("^(\\.\\w+).*", "$1"))).should()
				.beFreeOfCycles()
				.check(all);
	}

	/** What lies in {@code root} itself is a slice, too, which a pattern of packages would leave out. */
	private static SliceAssignment by(String name, String root, Function<String, String> slice) {
		return new SliceAssignment() {
			@Override
			public SliceIdentifier getIdentifierOf(JavaClass type) {
				String of = type.getPackageName() + ".";
				return of.startsWith(root + ".")
						? SliceIdentifier.of(slice.apply(of.substring(root.length())))
						: SliceIdentifier.ignore();
			}

			@Override
			public String getDescription() {
				return name;
			}
		};
	}

	private static DescribedPredicate<JavaClass> inside(String root, String adapter) {
		return DescribedPredicate.describe("in " + adapter, type -> type.getPackageName().startsWith(root)
				&& (type.getPackageName() + ".").substring(root.length()).contains("." + adapter + "."));
	}
}
