package dev.drydock.cli;

import dev.drydock.proto.v1.ListAssessmentsResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shell and a controller's double for each test. */
abstract class FunctionalTest {
    @TempDir
    Path folder;

    TestingManagementPlane plane;
    Shell shell;

    @BeforeEach
    void start() {
        plane = new TestingManagementPlane();
        // Asked beside the list of hosts, whatever a test is about.
        plane.answer("ListAssessments", ListAssessmentsResponse.getDefaultInstance());
        shell = new Shell(folder, plane);
    }

    @AfterEach
    void stop() {
        plane.close();
    }
}
