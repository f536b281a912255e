package dev.drydock.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.regex.Pattern;

/** Who may know whom in the controller. */
@AnalyzeClasses(packages = "dev.drydock.controller", importOptions = ArchitectureTest.ProductionCode.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.drydock.controller.";
    private static final String[] SQL = {
        "java.sql..",
        "javax.sql..",
        "org.jdbi..",
        "org.flywaydb..",
        "com.zaxxer.hikari..",
        "org.sqlite..",
        "org.postgresql.."
    };
    private static final String[] WIRE = {"io.grpc..", "io.netty..", "com.linecorp..", "java.net.http.."};
    private static final String[] DOMAIN = {
        ROOT + "playbook..",
        ROOT + "window..",
        ROOT + "rollout..",
        ROOT + "compliance..",
        ROOT + "run..",
        ROOT + "simulation..",
        ROOT + "security.audit..",
        ROOT + "contract..",
        ROOT + "incident..",
        ROOT + "alert..",
        ROOT + "vulnerability.."
    };

    @ArchTest
    static final ArchRule domainKnowsNoSql = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SQL)
            .because("what is decided must not depend on where it is kept")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule domainKnowsNoWire = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WIRE)
            .because("what is decided must not depend on who asks")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule domainKnowsNoAdapter = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "store..", ROOT + "api..", ROOT + "web..")
            .because("adapters implement the domain's ports, not the other way round");

    @ArchTest
    static final ArchRule sqlIsInTheStoreAlone = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SQL);

    @ArchTest
    static final ArchRule theStoreKnowsNoWire = noClasses()
            .that()
            .resideInAPackage(ROOT + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WIRE);

    @ArchTest
    static final ArchRule agentsDoNotKnowTheApi = noClasses()
            .that()
            .resideInAPackage(ROOT + "agents..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "api..", ROOT + "web..", ROOT + "rollout..", ROOT + "window..", ROOT + "compliance..");

    @ArchTest
    static final ArchRule ofTheStoreAgentsKnowThatItCanFailAndNoMore = noClasses()
            .that()
            .resideInAPackage(ROOT + "agents..")
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("are of the store, but StoreException") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getPackageName().startsWith(ROOT + "store")
                            && !type.getSimpleName().equals("StoreException");
                }
            });

    @ArchTest
    static final ArchRule theApiKnowsOfAgentsOnlyThePorts = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "api..", ROOT + "web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "agents.session..", ROOT + "agents.transport..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pagesAreClientsOfTheApi = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "web.page..", ROOT + "web.http..", ROOT + "web.text..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "store..",
                    ROOT + "agents..",
                    ROOT + "rollout..",
                    ROOT + "run..",
                    ROOT + "window..",
                    ROOT + "playbook..",
                    ROOT + "policy..",
                    ROOT + "compliance..",
                    ROOT + "contract..",
                    ROOT + "incident..",
                    ROOT + "notify..",
                    ROOT + "team..")
            .because("what a browser may see and do is decided where it is for everybody else");

    @ArchTest
    static final ArchRule theSessionsCoreIsPure = classes()
            .that()
            .resideInAPackage(ROOT + "agents.session..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "agents.session..",
                    ROOT + "run..",
                    "dev.drydock.proto..",
                    "com.google.protobuf..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule onlyMetricsKnowTheirLibrary = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..")
            .because("what happens is told to small listeners, whoever counts it");

    @ArchTest
    static final ArchRule onlyTracesKnowTheirLibrary = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "trace..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule healthIsPure = noClasses()
            .that()
            .resideInAPackage(ROOT + "health..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "store..", ROOT + "api..", ROOT + "probe..", "io.grpc..", "com.linecorp..");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .because("tests must be able to say what time it is");

    /** Whatever the build calls the folder of the tests' classes. */
    static final class ProductionCode implements ImportOption {
        private static final Pattern TESTS = Pattern.compile(".*/(test-classes|test)/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }
}
