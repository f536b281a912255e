package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.KeptFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageProofTest {
    private static final String NEW = "/etc/postgresql-common/minor_versions";

    @Test
    void aConfigurationFileThatOnlyTheNewVersionHadIsNotMissedAfterTheWayBack() {
        List<KeptFile> kept =
                List.of(KeptFile.absent(NEW), new KeptFile("/etc/kept", KeptFile.Kind.FILE, "0", "ab", "", 0, 0, 0644));

        assertThat(PackageProof.unexplained(List.of("+missing   c " + NEW), kept))
                .isEmpty();
        assertThat(PackageProof.unexplained(
                        List.of("+missing   c /etc/kept", "+missing     /usr/bin/tool", "+??5?????? c " + NEW), kept))
                .containsExactly("+missing   c /etc/kept", "+missing     /usr/bin/tool", "+??5?????? c " + NEW);
    }
}
