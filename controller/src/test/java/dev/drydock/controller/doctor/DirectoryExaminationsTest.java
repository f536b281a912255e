package dev.drydock.controller.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.diagnosis.Finding.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectoryExaminationsTest {
    @ParameterizedTest
    @CsvSource({"1000, 100, FINE", "1000, 99, ADVICE", "1000, 30, ADVICE", "1000, 29, TROUBLE", "1000, 0, TROUBLE"})
    void inodesThatRunOutAreAdviceBeforeTheyAreTrouble(long all, long free, Level expected) {
        assertThat(DirectoryExaminations.inodes(all, free)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(expected);
            assertThat(finding.text()).startsWith(free + " inodes (");
        });
    }

    @Test
    void aFileSystemThatMakesThemAsItNeedsThemHasEnough() {
        assertThat(DirectoryExaminations.inodes(0, 0)).isEmpty();
    }
}
