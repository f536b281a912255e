package dev.drydock.playbooks.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> NAMES = List.of("os.packages", "service.restart", "service.reload", "file.put");

    @ParameterizedTest
    @CsvSource({
        "os.package,os.packages",
        "OS.PACKAGES,os.packages",
        "so.packages,os.packages",
        "service.restrat,service.restart",
        "service.relod,service.reload",
        "fil.putt,file.put"
    })
    void aTypoFindsItsName(String typed, String meant) {
        assertThat(Nearest.to(typed, NAMES)).contains(meant);
    }

    @Test
    void whatIsFarFromAllNamesFindsNone() {
        assertThat(Nearest.to("wordpress.update", NAMES)).isEmpty();
        assertThat(Nearest.to("x".repeat(10_000), NAMES)).isEmpty();
        assertThat(Nearest.to("a", List.of())).isEmpty();
    }

    @Test
    void ofEqualsTheFirstByAlphabet() {
        assertThat(Nearest.to("bat", List.of("cat", "bad", "hat"))).contains("bad");
    }
}
