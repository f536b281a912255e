package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.proto.agent.v1.Fetched;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads ahead of runs, and how they give way to them. */
class FetchAheadTest {
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
    void whatIsFetchedIsFoundByTheRunAndGoesWithIt() throws Exception {
        PlanReport report = fetch("a");
        assertThat(report.getSteps(0).getChanges(0).getName()).isEqualTo("a");
        assertThat(report.getSteps(0).getFetched())
                .isEqualTo(Fetched.newBuilder().setFiles(1).setBytes(11).build());
        assertThat(fetched()).hasContent("a, fetched\n");
        assertThat(lab.host).as("nothing on the host has changed").isEmpty();

        lab.closeGate("apply a");
        accept("r1");
        lab.awaitCall("apply a");
        assertThat(lab.files("r1").ofStep(0).resolve("found")).hasContent("a, fetched\n");
        assertThat(fetched()).exists();
        lab.openGate();
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
        await().until(() -> !Files.exists(fetched()));
    }

    @Test
    void nothingIsFetchedBesideARun() throws Exception {
        lab.closeGate("apply a");
        accept("r1");
        lab.awaitCall("apply a");
        PlanReport report = fetch("a");
        assertThat(report.getRefused()).isTrue();
        assertThat(report.getReason()).contains("a run is under way");
        assertThat(lab.calls).doesNotContain("fetch a");
    }

    @Test
    void aRunThatBeginsEndsAFetchAndDoesNotWaitForIt() throws Exception {
        lab.closeGate("fetch a");
        CompletableFuture<PlanReport> fetching = CompletableFuture.supplyAsync(() -> {
            try {
                return fetch("a");
            } catch (InterruptedException e) {
                throw new AssertionError("the thread that fetched is not to be ended", e);
            }
        });
        lab.awaitCall("fetch a");
        accept("r1");
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
        PlanReport report = fetching.get(30, TimeUnit.SECONDS);
        assertThat(report.getRefused()).isTrue();
        assertThat(report.getReason()).contains("a run is under way");
        lab.openGate();
    }

    @Test
    void aStepThatCannotBeFetchedSaysWhyAndStopsNoOther() throws Exception {
        PlanReport report = fetch("no mirror");
        assertThat(report.getRefused()).isFalse();
        assertThat(report.getSteps(0).getFetched().getReason()).isEqualTo("no mirror answers");
        assertThat(lab.keeper()
                        .plan(request("a").setFetch(false).build(), new byte[0])
                        .getReason())
                .startsWith("signature");
    }

    @Test
    void whatIsOldOrTooMuchGoesTheOldestFirst() throws Exception {
        ManualTime time = new ManualTime();
        Path directory = root.resolve("fetched");
        FetchedDirectory fetched = new FetchedDirectory(directory, time, 1000);
        for (String digest : new String[] {"a", "b", "c"}) {
            fetched.begin(digest);
            Files.write(fetched.of(digest).resolve("file"), new byte[400]);
            time.pass(Duration.ofHours(1));
        }
        fetched.sweep();
        assertThat(fetched.of("a")).as("the oldest, for which there is no room").doesNotExist();
        assertThat(fetched.of("c")).exists();

        time.pass(FetchedDirectory.MAX_AGE.minusMinutes(90));
        new FetchedDirectory(directory, time, 1000).sweep();
        assertThat(fetched.of("b")).doesNotExist();
        assertThat(fetched.of("c")).exists();
        Files.createDirectories(fetched.of("says-nothing-of-its-age"));
        fetched.sweep();
        assertThat(fetched.of("says-nothing-of-its-age")).doesNotExist();
    }

    private Path fetched() {
        return lab.directory
                .resolve("fetched")
                .resolve(lab.offer("x").getPlaybookDigest())
                .resolve("0/file");
    }

    private PlanReport fetch(String part) throws InterruptedException {
        return lab.keeper().plan(request(part).build(), lab.envelope());
    }

    private PlanRequest.Builder request(String part) {
        return PlanRequest.newBuilder()
                .setRequestId("f1")
                .setPlaybookDigest(lab.offer("x").getPlaybookDigest())
                .putParams("part", part)
                .setFetch(true);
    }

    private void accept(String runId) throws IOException {
        lab.keeper().offer(lab.offer(runId).putParams("part", "a").build(), lab.envelope());
    }
}
