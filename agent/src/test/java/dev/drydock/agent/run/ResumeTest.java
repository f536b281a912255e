package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.journal.Journal;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent finds when it comes back. */
class ResumeTest {
    @TempDir
    Path root;

    private KeeperLab lab;

    @BeforeEach
    void open() throws IOException {
        lab = new KeeperLab(root);
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    @Test
    void goesOnWhereItStoodAndSaysSo() throws Exception {
        stoppedIn("apply a");
        assertThat(RunMachine.ended(lab.state("r1"))).isFalse();
        lab.openGate();
        lab.restart();
        // Applying was cut off and had changed nothing: it is undone, and proven so.
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.ROLLED_BACK);
        RunEvent resumed = resumed();
        assertThat(resumed.getResumed().getRebooted()).isFalse();
        assertThat(lab.calls).filteredOn("apply a"::equals).hasSize(1);
    }

    @Test
    void aChangeThatWasMadeBeforeTheEndIsVerifiedAndStays() throws Exception {
        stoppedIn("verify a");
        lab.openGate();
        lab.bootId = "boot-2";
        lab.restart();
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
        assertThat(resumed().getResumed().getRebooted()).isTrue();
        assertThat(lab.calls).filteredOn("apply a"::equals).hasSize(1);
    }

    @Test
    void aStopIsNoFailureOfTheStepThatItInterrupts() throws Exception {
        stoppedIn("prepare a");
        assertThat(lab.events("r1").toString()).doesNotContain("FAILED");
    }

    @Test
    void whatHasBegunComesBeforeWhatHasNot() throws Exception {
        lab.closeGate("apply b");
        accept("r0", "z", Duration.ofMinutes(30));
        accept("r1", "b", Duration.ZERO);
        lab.awaitCall("apply b");
        accept("r2", "c", Duration.ZERO);
        lab.restart(() -> lab.time.pass(Duration.ofMinutes(40)));
        lab.openGate();
        lab.awaitEnd("r0");
        lab.awaitEnd("r2");
        List<String> order = lab.calls.subList(lab.calls.lastIndexOf("apply b") + 1, lab.calls.size());
        assertThat(order).startsWith("verify b", "rollback b").contains("apply z", "apply c");
    }

    @Test
    void aTornTailIsAnEventThatNeverWas() throws Exception {
        stoppedIn("verify a");
        Path journal = lab.files("r1").journal();
        int events = Journal.read(journal).size();
        lab.openGate();
        lab.restart(() -> {
            try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
                byte[] all = Files.readAllBytes(journal);
                int end = all.length;
                while (all[end - 1] == 0) {
                    end--;
                }
                file.seek(end);
                file.write(new byte[] {0, 0, 0, 40, 1, 2, 3, 4, 5, 6});
            }
        });
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
        assertThat(lab.events("r1").get(events).hasResumed()).isTrue();
    }

    @Test
    void aJournalThatCannotBeBelievedIsKeptAndTheHostTakesNoNewRuns() throws Exception {
        accept("r2", "b", Duration.ofMinutes(10));
        stoppedIn("apply a");
        Path journal = lab.files("r1").journal();
        lab.openGate();
        lab.restart(() -> {
            byte[] bytes = Files.readAllBytes(journal);
            bytes[40] ^= 1;
            Files.write(journal, bytes);
        });
        assertThat(lab.keeper().troubles()).singleElement().asString().contains("r1", "damaged at byte");
        OfferReply reply = lab.keeper().offer(lab.offer("r3").build(), lab.envelope());
        assertThat(reply.getReasonCode()).isEqualTo("attention");
        assertThat(reply.getReason()).contains("damaged at byte");
        assertThat(journal).exists();

        lab.time.pass(Duration.ofMinutes(11));
        assertThat(lab.awaitEnd("r2")).isEqualTo(RunState.REFUSED);
        assertThat(lab.reason("r2")).contains("a person has to look at this host first");

        lab.restart(() -> Files.move(lab.files("r1").directory(), root.resolve("looked-at")));
        assertThat(lab.keeper().troubles()).isEmpty();
        assertThat(lab.keeper().offer(lab.offer("r4").build(), lab.envelope()).getAccepted())
                .isTrue();
    }

    @Test
    void aJournalThatCannotBeReadAtAllIsTheSame() throws Exception {
        stoppedIn("apply a");
        lab.openGate();
        lab.restart(() -> {
            Files.delete(lab.files("r1").journal());
            Files.createDirectory(lab.files("r1").journal());
        });
        assertThat(lab.keeper().troubles()).singleElement().asString().contains("r1");
    }

    @Test
    void aRunDirectoryWithoutItsJournalIsSuspectOnceItHoldsAWayBack() throws Exception {
        stoppedIn("apply a");
        lab.openGate();
        lab.restart(() -> Files.delete(lab.files("r1").journal()));
        assertThat(lab.keeper().troubles()).singleElement().asString().contains("r1");
        assertThat(lab.files("r1").steps()).exists();
    }

    @Test
    void withoutItsPlaybookARunThatHasChangedSomethingEndsLoudly() throws Exception {
        stoppedIn("verify a");
        lab.openGate();
        lab.restart(() -> Files.delete(lab.files("r1").playbook()));
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.ROLLBACK_FAILED);
        assertThat(lab.reason("r1"))
                .contains("CANNOT GO ON OR BACK", "playbook cannot be read", "step 1 (test.change)");
        lab.keeper().acked(lab.everythingOf("r1"));
        assertThat(lab.files("r1").steps()).as("a person may need it").exists();
    }

    @Test
    void withoutItsPlaybookARunThatHasChangedNothingIsRefused() throws Exception {
        stoppedIn("plan a");
        lab.openGate();
        lab.restart(() -> Files.writeString(lab.files("r1").playbook(), "{}"));
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.REFUSED);
        assertThat(lab.reason("r1")).contains("nothing was changed");
    }

    @Test
    void aRunThatWaitsIsJudgedAgainWithTheSignersOfToday() throws Exception {
        accept("r1", "a", Duration.ofMinutes(10));
        lab.restart(() -> lab.pinned = List.of());
        lab.time.pass(Duration.ofMinutes(11));
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.REFUSED);
        assertThat(lab.reason("r1")).startsWith("signature");
    }

    @Test
    void whatWasNeverAcceptedIsRemoved() throws Exception {
        lab.restart(() -> {
            Files.createDirectories(lab.files("half").directory());
            Files.writeString(lab.files("half").playbook(), "{}");
            Files.createDirectories(lab.files("empty").directory());
            Journal.create(lab.files("empty").journal()).close();
        });
        assertThat(lab.keeper().troubles()).isEmpty();
        assertThat(lab.keeper().knows("half")).isFalse();
        assertThat(lab.files("half").directory()).doesNotExist();
        assertThat(lab.files("empty").directory()).doesNotExist();
    }

    @Test
    void aWallClockThatJumpsOverTheRestartMovesNoDeadline() throws Exception {
        accept("r1", "a", Duration.ofMinutes(30));
        lab.restart(() -> lab.time.setWallOff(Duration.ofHours(1)));
        accept("r2", "b", Duration.ZERO);
        lab.awaitEnd("r2");
        assertThat(lab.state("r1")).isEqualTo(RunState.ACCEPTED);
        lab.time.pass(Duration.ofMinutes(30));
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
    }

    private void stoppedIn(String call) throws IOException {
        lab.closeGate(call);
        accept("r1", "a", Duration.ZERO);
        lab.awaitCall(call);
        lab.keeper().close();
    }

    private void accept(String runId, String part, Duration opensIn) throws IOException {
        assertThat(lab.keeper()
                        .offer(
                                lab.offer(runId)
                                        .putParams("part", part)
                                        .setWindowOpens(
                                                Instants.of(lab.time.wall().plus(opensIn)))
                                        .build(),
                                lab.envelope())
                        .getAccepted())
                .isTrue();
    }

    private RunEvent resumed() throws IOException {
        return lab.events("r1").stream()
                .filter(RunEvent::hasResumed)
                .findFirst()
                .orElseThrow();
    }
}
