package dev.drydock.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyCheckTest {
    @TempDir
    private Path folder;

    private final byte[] key = newKey();
    private final byte[] other = newKey();
    private final List<String> shown = new ArrayList<>();

    private static byte[] newKey() {
        try {
            return KeyPair.genKeyPair(new JSch(), KeyPair.ED25519).getPublicKeyBlob();
        } catch (JSchException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file() {
        return folder.resolve("ssh/known_hosts");
    }

    private HostKeyCheck check(int port, boolean yes, String... fingerprints) throws IOException {
        return new HostKeyCheck(
                new Endpoint("admin", "web-01", port, List.of(fingerprints)),
                KnownHosts.read(file()),
                (at, type, print) -> {
                    shown.add(at + " " + type + " " + print);
                    return yes;
                });
    }

    private void knows(String line) throws IOException {
        Files.createDirectories(folder.resolve("ssh"));
        Files.writeString(file(), line);
    }

    private static String line(String name, byte[] key) {
        return name + " ssh-ed25519 " + Base64.getEncoder().encodeToString(key);
    }

    @Test
    void aGivenFingerprintCountsAndNothingElse() throws IOException {
        knows(line("web-01", other) + "\n");

        assertThat(check(22, true, Fingerprint.of(key)).check("x", key)).isEqualTo(HostKeyRepository.OK);
        HostKeyCheck refused = check(22, true, Fingerprint.of(key));
        assertThat(refused.check("x", other)).isEqualTo(HostKeyRepository.CHANGED);
        assertThat(refused.fault().orElseThrow().kind()).isEqualTo(SshFault.Kind.HOST_KEY_CHANGED);
        assertThat(shown).isEmpty();
    }

    @Test
    void aKnownKeyIsBelievedAndAnotherNever() throws IOException {
        knows("# mine\n" + line("web-01", key) + "\n");

        assertThat(check(22, false).check("x", key)).isEqualTo(HostKeyRepository.OK);
        HostKeyCheck refused = check(22, true);
        assertThat(refused.check("x", other)).isEqualTo(HostKeyRepository.CHANGED);
        assertThat(refused.fault().orElseThrow().isDistrust()).isTrue();
        assertThat(shown).isEmpty();
    }

    @Test
    void atAnotherPortThereMayBeAnotherMachine() throws IOException {
        knows(line("web-01", key) + "\n");

        assertThat(check(2222, false).check("x", key)).isEqualTo(HostKeyRepository.OK);
        assertThat(check(2222, false).check("x", other)).isEqualTo(HostKeyRepository.NOT_INCLUDED);
        assertThat(shown).containsExactly("admin@web-01:2222 ssh-ed25519 " + Fingerprint.of(other));

        knows(line("[web-01]:2222", key) + "\n");
        assertThat(check(2222, true).check("x", other)).isEqualTo(HostKeyRepository.CHANGED);
        assertThat(check(22, false).check("x", key)).isEqualTo(HostKeyRepository.NOT_INCLUDED);
    }

    @Test
    void aRevokedKeyIsRefused() throws IOException {
        knows("@revoked " + line("*", key) + "\n" + line("web-01", key) + "\n");

        HostKeyCheck refused = check(22, true);
        assertThat(refused.check("x", key)).isNotEqualTo(HostKeyRepository.OK);
        assertThat(shown).isEmpty();
    }

    @Test
    void whatAPersonConfirmedIsAppendedAndKnownTheNextTime() throws IOException {
        knows("# mine, without an end of line\n" + line("db-01", other));

        HostKeyCheck asked = check(22, true);
        assertThat(asked.check("x", key)).isEqualTo(HostKeyRepository.OK);
        assertThat(asked.check("x", key)).isEqualTo(HostKeyRepository.OK);

        assertThat(shown).hasSize(1);
        assertThat(Files.readString(file()))
                .isEqualTo(
                        "# mine, without an end of line\n" + line("db-01", other) + "\n" + line("web-01", key) + "\n");
        assertThat(check(22, false).check("x", key)).isEqualTo(HostKeyRepository.OK);
    }

    @Test
    void aNoLeavesEverythingAsItIs() throws IOException {
        HostKeyCheck asked = check(22, false);

        assertThat(asked.check("x", key)).isEqualTo(HostKeyRepository.NOT_INCLUDED);
        assertThat(asked.fault().orElseThrow()).hasMessageContaining(Fingerprint.of(key));
        assertThat(file()).doesNotExist();
    }
}
