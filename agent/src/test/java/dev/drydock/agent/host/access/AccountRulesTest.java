package dev.drydock.agent.host.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final int LASTLOG = 292;

    @TempDir
    Path root;

    @BeforeEach
    void aSystem() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        write("etc/passwd", """
                root:x:0:0:root:/root:/bin/bash
                toor:x:0:0::/root:/bin/sh
                daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
                sync:x:4:65534:sync:/bin:/bin/sync
                games:x:5:60:games:/usr/games:
                postgres:x:105:110::/var/lib/postgresql:/bin/bash
                ops:x:1000:1000::/home/ops:/bin/bash
                eve:x:1001:27::/home/eve:/bin/bash
                """);
        write("etc/shadow", """
                root:*:20000:0:99999:7:::
                toor:$y$j9T$secret$hash:20000:0:99999:7:::
                daemon:*:20000:0:99999:7:::
                games::20000:0:99999:7:::
                ops:!:20780:0:99999:7:::
                eve:$y$j9T$secret$hash:20000:0:99999:7:::
                """);
        write("etc/group", "root:x:0:\nsudo:x:27:ops,mallory\nusers:x:100:bob\n");
    }

    @Test
    void tellsWhatIsMoreThanItShouldBe() throws Exception {
        assertThat(review(new AccountRules(
                        Set.of("root"), Optional.of(Set.of("ops")), Set.of("postgres"), Optional.empty(), Set.of())))
                .containsExactly(
                        "uid 0: toor",
                        "no password: games",
                        "system account that can log in: games (/bin/sh)",
                        "member of sudo: eve",
                        "member of sudo: mallory");
    }

    @Test
    void whatIsAllowedOrIgnoredIsNotTold() throws Exception {
        assertThat(review(new AccountRules(
                        Set.of("root", "toor"),
                        Optional.empty(),
                        Set.of("postgres"),
                        Optional.empty(),
                        Set.of("games"))))
                .isEmpty();
    }

    @Test
    void accountsThatNobodyUses() throws Exception {
        ByteBuffer lastlog = ByteBuffer.allocate(1002 * LASTLOG).order(ByteOrder.nativeOrder());
        lastlog.putInt(1001 * LASTLOG, (int) NOW.minus(Duration.ofDays(100)).getEpochSecond());
        Files.write(root.resolve("var/log/lastlog"), lastlog.array());
        AccountRules rules = new AccountRules(
                Set.of("root", "toor"),
                Optional.empty(),
                Set.of("games", "postgres"),
                Optional.of(Duration.ofDays(90)),
                Set.of("games", "toor"));

        assertThat(review(rules)).containsExactly("not used: eve (last on 2026-08-20)");
        write("etc/shadow", "root:*:20000:0:99999:7:::\nops:!:20000:0:99999:7:::\neve:!:20000:0:99999:7:::\n");
        assertThat(review(rules)).containsExactly("not used: ops (never)", "not used: eve (last on 2026-08-20)");
    }

    @Test
    void whatCannotBeToldIsNoSilence() {
        AccountRules unused =
                new AccountRules(Set.of(), Optional.empty(), Set.of(), Optional.of(Duration.ofDays(90)), Set.of());
        assertThatThrownBy(() -> review(unused)).hasMessageContaining("there is no /var/log/lastlog");
    }

    @Test
    void aDamagedFileIsToldWithoutWhatIsSecretInIt() throws Exception {
        write("etc/shadow", "eve:$y$j9T$secret$hash\n");

        assertThatThrownBy(() -> LocalAccounts.read(new HostFiles(root)))
                .hasMessage("/etc/shadow: the line of 'eve' has 2 fields, expected 3");
    }

    private List<String> review(AccountRules rules) throws Exception {
        HostFiles files = new HostFiles(root);
        return rules.review(LocalAccounts.read(files), files, NOW);
    }

    private void write(String path, String text) throws Exception {
        Files.writeString(root.resolve(path), text);
    }
}
