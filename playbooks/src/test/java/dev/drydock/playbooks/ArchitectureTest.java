package dev.drydock.playbooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which part of the language may know which. */
@AnalyzeClasses(packages = "dev.drydock.playbooks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LANGUAGE = "dev.drydock.playbooks.";

    @ArchTest
    static final ArchRule THE_LANGUAGE_KNOWS_NONE_OF_ITS_USERS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.drydock.agent..",
                    "dev.drydock.controller..",
                    "dev.drydock.cli..",
                    "dev.drydock.proto.v1..",
                    "dev.drydock.proto.agent..");

    @ArchTest
    static final ArchRule DOCUMENTS_AND_MODEL_ARE_AT_THE_BOTTOM = noClasses()
            .that()
            .resideInAnyPackage(LANGUAGE + "document..", LANGUAGE + "model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    LANGUAGE + "parse..",
                    LANGUAGE + "expr..",
                    LANGUAGE + "lint..",
                    LANGUAGE + "sign..",
                    LANGUAGE + "library..",
                    "dev.drydock.proto..");

    @ArchTest
    static final ArchRule ONLY_DOCUMENTS_ARE_READ_AS_YAML = noClasses()
            .that()
            .resideOutsideOfPackage(LANGUAGE + "document..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml.snakeyaml..");

    @ArchTest
    static final ArchRule ONLY_EXPRESSIONS_KNOW_CEL = noClasses()
            .that()
            .resideOutsideOfPackage(LANGUAGE + "expr..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.cel..");

    @ArchTest
    static final ArchRule A_PARSED_PLAYBOOK_NEEDS_NO_LINTER_AND_NO_SIGNATURE = noClasses()
            .that()
            .resideInAnyPackage(LANGUAGE + "parse..", LANGUAGE + "expr..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LANGUAGE + "lint..", LANGUAGE + "sign..", LANGUAGE + "library..");

    @ArchTest
    static final ArchRule THE_LANGUAGE_TOUCHES_NO_NETWORK_AND_STARTS_NOTHING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "io.grpc..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class);
}
