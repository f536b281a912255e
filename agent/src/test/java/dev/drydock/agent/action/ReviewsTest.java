package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.ManagedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Struct NO_BASELINE = Struct.getDefaultInstance();

    @TempDir
    Path root;

    @TempDir
    Path work;

    @BeforeEach
    void aSystem() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\n");
        Files.writeString(root.resolve("etc/shadow"), "root:*:1:\ntoor:$y$secret:1:\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
    }

    @Test
    void anAccountTooManyIsToldWithoutItsHash() throws Exception {
        AccountReview check = new AccountReview(new HostFiles(root), () -> NOW);
        Struct seen = check.observe(step(Map.of()));

        assertThat(check.judge(step(Map.of()), NO_BASELINE, seen).reason()).isEqualTo("uid 0: toor");
        assertThat(seen.toString()).doesNotContain("$y$");
        assertThat(check.judge(step(Map.of()), seen, seen))
                .isEqualTo(Finding.holds("2 accounts, 1 finding (before: 2 accounts, 1 finding), no regression"));
        Map<String, Object> allowed = Map.of("uidZero", List.of("root", "toor"));
        assertThat(check.judge(step(allowed), NO_BASELINE, check.observe(step(allowed)))
                        .holds())
                .isTrue();
    }

    @Test
    void whatCannotBeReadDoesNotHold() throws Exception {
        Files.delete(root.resolve("etc/shadow"));
        AccountReview check = new AccountReview(new HostFiles(root), () -> NOW);

        assertThat(check.judge(step(Map.of()), NO_BASELINE, check.observe(step(Map.of())))
                        .reason())
                .isEqualTo("there is no /etc/shadow");
    }

    @Test
    void aFileThatWasOpenedMeanwhileIsTheRegression() throws Exception {
        Map<String, Object> args = Map.of("paths", "/etc");
        FilePermissions check = new FilePermissions(new HostFiles(root));
        Files.setAttribute(root.resolve("etc/group"), "unix:mode", 0666);
        Struct before = check.observe(step(args));
        assertThat(check.judge(step(args), NO_BASELINE, before).reason()).isEqualTo("every user may write /etc/group");

        Files.setAttribute(root.resolve("etc/passwd"), "unix:mode", 0666);
        Struct now = check.observe(step(args));
        assertThat(check.judge(step(args), before, now).reason()).isEqualTo("every user may write /etc/passwd");
        Files.setAttribute(root.resolve("etc/group"), "unix:mode", 0644);
        assertThat(check.judge(step(args), before, check.observe(step(args))).holds())
                .as("as many as before, and another one")
                .isFalse();
    }

    @Test
    void ofManyFindingsTheNumberCounts() {
        Struct before = Findings.seen(many(300), "x");

        assertThat(Findings.judge(before, Findings.seen(many(300), "x"), 0).holds())
                .isTrue();
        assertThat(Findings.judge(before, Findings.seen(many(301), "x"), 0).holds())
                .isFalse();
        assertThat(Findings.judge(NO_BASELINE, Findings.seen(many(300), "x"), 300)
                        .holds())
                .isTrue();
    }

    @Test
    void loginsThatFailedAreCountedOnTheWholeAndBySource() throws Exception {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            log.append("2026-11-28T11:5" + i
                    + ":00Z web-01 sshd[7]: Failed password for root from 192.0.2.7 port 5 ssh2\n");
        }
        Files.writeString(root.resolve("var/log/auth.log"), log);
        LoginFailures check = new LoginFailures(ManagedHost.open(root), () -> NOW);

        assertThat(judge(check, Map.of("atMost", 5L)).measured())
                .isEqualTo("5 failed, at most 5 at once from 192.0.2.7");
        assertThat(judge(check, Map.of("atMost", 4L)).reason()).isEqualTo("more than 4 logins failed within 1d");
        assertThat(judge(check, Map.of("atMost", 4L, "within", "8m30s")).holds())
                .isTrue();
        assertThat(judge(check, Map.of("atMost", 9L, "perSource", Map.of("atMost", 3L)))
                        .reason())
                .isEqualTo("more than 3 logins failed from one source within 10m");
        assertThat(judge(check, Map.of("atMost", 9L, "perSource", Map.of("atMost", 3L, "within", "3m")))
                        .holds())
                .isFalse();
        assertThat(judge(check, Map.of("atMost", 0L, "ignore", "192.0.2.7")).holds())
                .isTrue();
    }

    @Test
    void withoutALogNothingHolds() throws Exception {
        LoginFailures check = new LoginFailures(ManagedHost.open(root), () -> NOW);

        assertThat(judge(check, Map.of("atMost", 5L)).reason()).isEqualTo("there is no journal of systemd here");
    }

    private Finding judge(Check check, Map<String, Object> args) throws Exception {
        return check.judge(step(args), NO_BASELINE, check.observe(step(args)));
    }

    private static List<String> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "finding " + i).toList();
    }

    private StepContext step(Map<String, Object> args) {
        return new TestStep(work).with(args);
    }
}
