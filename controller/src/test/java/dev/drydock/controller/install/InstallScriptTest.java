package dev.drydock.controller.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallScriptTest {
    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final InstallScript SCRIPT = new InstallScript(
            "https://ctl.example.com:8443",
            "ctl.example.com:7443",
            "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n",
            "ab".repeat(32));

    @TempDir
    Path directory;

    @Test
    void everyPlaceIsFilledAndTheShellReadsIt() throws Exception {
        String text = SCRIPT.text(SUM + "  drydock-agent_0.1.0~SNAPSHOT_amd64.deb\n");

        assertThat(text)
                .contains(
                        "api=https://ctl.example.com:8443\n",
                        "agents=ctl.example.com:7443\n",
                        "fingerprint=" + "ab".repeat(32),
                        "-----END CERTIFICATE-----\nCA\n",
                        SUM + "  drydock-agent_0.1.0~SNAPSHOT_amd64.deb\nSUMS\n")
                .doesNotContainPattern("@[a-z]+@");
        Path file = Files.writeString(directory.resolve("install.sh"), text);
        assertThat(new ProcessBuilder("sh", "-n", file.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aLineThatIsNoChecksumOfOursNeverReachesAScriptThatRootRuns() {
        String text = SCRIPT.text("""
                SUMS
                %1$s  drydock-agent_1_amd64.deb
                %1$s  ../drydock-agent_1_amd64.deb
                %1$s  drydock-agent_$(id)_amd64.deb
                rm -rf /srv
                """.formatted(SUM));

        assertThat(text.lines().filter(line -> line.contains(SUM) || line.contains("/srv")))
                .containsExactly(SUM + "  drydock-agent_1_amd64.deb");
        assertThat(text.lines().filter("SUMS"::equals)).hasSize(1);
    }

    @Test
    void anAddressThatAShellCouldReadAsMoreIsRefused() {
        assertThatThrownBy(() -> new InstallScript("https://x;id:8443", "x:7443", "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://x;id:8443");
    }
}
