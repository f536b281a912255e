package dev.drydock.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.drydock.agent.run.Catalog;
import dev.drydock.agent.run.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/** Which part of the agent may know which. */
@AnalyzeClasses(packages = "dev.drydock.agent", importOptions = ArchitectureTest.ProductionCode.class)
class ArchitectureTest {
    private static final String AGENT = "dev.drydock.agent.";

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_NETWORK_AND_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAnyPackage(
                    AGENT + "run..",
                    AGENT + "journal..",
                    AGENT + "policy..",
                    AGENT + "disk..",
                    AGENT + "action..",
                    AGENT + "host..",
                    AGENT + "facts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.grpc..", "picocli..", AGENT + "session..", AGENT + "identity..", AGENT + "config..");

    @ArchTest
    static final ArchRule AN_ACTION_KNOWS_OF_THE_ENGINE_ONLY_WHERE_IT_IS_LISTED = noClasses()
            .that()
            .resideInAPackage(AGENT + "action..")
            .should()
            .dependOnClassesThat(resideInAPackage(AGENT + "run..").and(not(type(Catalog.class))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(AGENT + "journal..", AGENT + "policy..");

    @ArchTest
    static final ArchRule THE_HOST_IS_AT_THE_BOTTOM = classes()
            .that()
            .resideInAPackage(AGENT + "host..")
            .should()
            .onlyDependOnClassesThat(not(resideInAPackage("dev.drydock..")).or(resideInAPackage(AGENT + "host..")));

    @ArchTest
    static final ArchRule THE_JOURNAL_KNOWS_ONLY_THE_DISK_AND_THE_MESSAGES = classes()
            .that()
            .resideInAnyPackage(AGENT + "journal..", AGENT + "disk..")
            .should()
            .onlyDependOnClassesThat(not(resideInAPackage("dev.drydock.."))
                    .or(resideInAPackage(AGENT + "journal.."))
                    .or(resideInAPackage(AGENT + "disk.."))
                    .or(resideInAPackage("dev.drydock.proto..")));

    @ArchTest
    static final ArchRule THE_POLICY_KNOWS_ONLY_THE_LANGUAGE = classes()
            .that()
            .resideInAPackage(AGENT + "policy..")
            .should()
            .onlyDependOnClassesThat(not(resideInAPackage("dev.drydock.."))
                    .or(resideInAPackage(AGENT + "policy.."))
                    .or(resideInAPackage("dev.drydock.playbooks..")));

    @ArchTest
    static final ArchRule ONLY_THE_HOST_STARTS_PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage(AGENT + "host..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Process.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule THE_ENGINE_TAKES_TIME_ONLY_FROM_ITS_SOURCE = noClasses()
            .that()
            .resideInAnyPackage(AGENT + "run..", AGENT + "journal..", AGENT + "policy..", AGENT + "action..")
            .and()
            .doNotBelongToAnyOf(TimeSource.class)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule CONTROLLER_AND_COMMAND_LINE_ARE_ELSEWHERE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.drydock.controller..", "dev.drydock.cli..");

    /** Tests lie elsewhere, whoever compiled them. */
    static final class ProductionCode implements ImportOption {
        private static final Pattern TESTS = Pattern.compile(".*/(test|test-classes)/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }
}
