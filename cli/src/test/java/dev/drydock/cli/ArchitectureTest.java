package dev.drydock.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which part of the command line may know which. */
@AnalyzeClasses(packages = "dev.drydock.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CLI = "dev.drydock.cli.";

    @ArchTest
    static final ArchRule IT_IS_A_CLIENT_OF_THE_MANAGEMENT_PLANE_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.drydock.controller..", "dev.drydock.agent..", "java.sql..");

    @ArchTest
    static final ArchRule COMMANDS_ARE_AT_THE_TOP = classes()
            .that()
            .resideInAPackage(CLI + "command..")
            .should()
            .onlyBeAccessed()
            .byClassesThat()
            .resideInAnyPackage("dev.drydock.cli", CLI + "command..");

    @ArchTest
    static final ArchRule COMMANDS_SEE_THE_CONTROLLER_THROUGH_THE_CLIENT = noClasses()
            .that()
            .resideInAnyPackage(CLI + "command..", CLI + "output..", CLI + "context..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "io.netty..");

    @ArchTest
    static final ArchRule OUTPUT_KNOWS_WHAT_IS_SHOWN_AND_NOT_WHERE_FROM = noClasses()
            .that()
            .resideInAPackage(CLI + "output..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI + "client..", CLI + "command..", CLI + "context..", CLI + "watch..");
}
