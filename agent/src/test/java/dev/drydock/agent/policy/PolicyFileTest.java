package dev.drydock.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {
    private static final String KEY = "SHA256:" + "a".repeat(43);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("policy.yaml");
    }

    @Test
    void withoutAFileEverythingIsAllowed() throws Exception {
        assertThat(new PolicyFile(file).read()).isEqualTo(HostPolicy.OPEN);
        assertThat(HostPolicy.OPEN.objections(List.of("command.run"), KEY)).isEmpty();
        assertThat(HostPolicy.OPEN.windowObjection("any")).isEmpty();
    }

    @Test
    void readsEveryKey() throws Exception {
        HostPolicy policy = read("""
                actions:
                  allow: [os.packages, "service.*"]
                  deny: [service.restart]
                signers: ["%s"]
                windows: [night, weekend]
                maxRunDuration: 1h30m
                """.formatted(KEY));
        assertThat(policy)
                .isEqualTo(new HostPolicy(
                        false,
                        Optional.of(Set.of("os.packages", "service.*")),
                        Set.of("service.restart"),
                        Optional.of(Set.of(KEY)),
                        Optional.of(Set.of("night", "weekend")),
                        Optional.of(Duration.ofMinutes(90))));
    }

    @Test
    void seesWhatWasChangedSinceTheLastReading() throws Exception {
        PolicyFile policy = new PolicyFile(file);
        assertThat(read("allow: none").nothing()).isTrue();
        Files.delete(file);
        assertThat(policy.read().nothing()).isFalse();
    }

    @Test
    void theKillSwitchWinsOverEverythingElse() throws Exception {
        HostPolicy policy = read("allow: none\nactions: {allow: [os.packages]}\n");
        assertThat(policy.objections(List.of("os.packages"), KEY))
                .containsExactly("this host allows no runs (allow: none)");
    }

    @ParameterizedTest
    @CsvSource({
        "os.packages, true",
        "service.active, true",
        "service.restart, false",
        "services.any, false",
        "command.run, false",
        "os.packages2, false",
    })
    void deniedWinsOverAllowedAndAStarStandsForAnArea(String action, boolean allowed) throws Exception {
        HostPolicy policy = read("actions: {allow: [os.packages, 'service.*'], deny: [service.restart]}");
        assertThat(policy.objections(List.of(action), KEY).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void namesEveryObjectionAtOnce() throws Exception {
        HostPolicy policy = read("actions: {deny: [command.run, file.put]}\nsigners: []\nwindows: [night]\n");
        assertThat(policy.objections(List.of("command.run", "file.put", "os.packages", "file.put"), KEY))
                .containsExactly(
                        "this host denies command.run",
                        "this host denies file.put",
                        "this host does not allow playbooks signed by " + KEY);
        assertThat(policy.windowObjection("noon").orElseThrow()).contains("'noon'", "night");
        assertThat(policy.windowObjection("night")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow: all",
                "allow: true",
                "allow:",
                "actions: none",
                "actions: {alow: [os.packages]}",
                "actions: {allow: os.packages}",
                "actions: {allow: [OS]}",
                "actions: {allow: ['*']}",
                "actions: {deny: [1]}",
                "signers: [ops]",
                "signers: [[]]",
                "windows: night",
                "maxRunDuration: 90",
                "maxRunDuration: 0s",
                "maxRunDuration: [90m]",
                "signer: []",
                "{}",
                "",
                "none",
                "allow: none\nallow: none",
                "a: &x b\nc: *x",
                "\tx",
            })
    void anythingElseIsRefusedWithItsPlace(String yaml) throws Exception {
        Files.writeString(file, yaml);
        assertThatThrownBy(() -> new PolicyFile(file).read())
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageMatching("(?s).*policy\\.yaml:\\d+:\\d+: .+");
    }

    @Test
    void allProblemsOfAFileComeAtOnce() throws Exception {
        Files.writeString(file, "signers: [x]\nwindow: [night]\nmaxRunDuration: soon\n");
        assertThatThrownBy(() -> new PolicyFile(file).read())
                .hasMessageContaining("policy.yaml:1:11: signers[0]: expected a key id")
                .hasMessageContaining("policy.yaml:2:1: window: unknown key 'window'; did you mean windows?")
                .hasMessageContaining("policy.yaml:3:17: maxRunDuration: expected a duration");
    }

    @Test
    void aFileThatCannotBeReadAllowsNothing() throws Exception {
        Files.createDirectory(file);
        assertThatThrownBy(() -> new PolicyFile(file).read()).isInstanceOf(InvalidPolicyException.class);
        Files.delete(file);
        Files.write(file, new byte[65 * 1024]);
        assertThatThrownBy(() -> new PolicyFile(file).read())
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void theExampleInTheDocumentationIsAPolicy() throws Exception {
        String page = Files.readString(Path.of("../docs/host-policy.md"));
        String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n\n"));
        HostPolicy policy = read(example);
        assertThat(policy.objections(
                        List.of("service.restart"),
                        policy.signers().orElseThrow().iterator().next()))
                .isEmpty();
        assertThat(policy.maxRunDuration()).contains(Duration.ofMinutes(90));
    }

    private HostPolicy read(String yaml) throws IOException, InvalidPolicyException {
        Files.writeString(file, yaml);
        return new PolicyFile(file).read();
    }
}
