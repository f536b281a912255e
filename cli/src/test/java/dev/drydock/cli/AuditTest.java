package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.audit.AuditPoint;
import dev.drydock.cli.audit.Logs;
import dev.drydock.proto.v1.ExportAuditRequest;
import dev.drydock.proto.v1.ExportAuditResponse;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code drydock audit}: exports that are whole, and checks that find what is not. */
class AuditTest extends FunctionalTest {
    private static final List<String> LOG = Logs.lines(AuditPoint.BEGIN, 5, "olga");
    private static final String HEAD = "5:" + Logs.hash(LOG.get(4));

    private Path export(String... lines) {
        return shell.file("audit.jsonl", String.join("", lines));
    }

    private void answer() {
        plane.answer("ExportAudit", ExportAuditRequest.class, request -> ExportAuditResponse.newBuilder()
                .addAllLines(
                        LOG.stream().skip(request.getAfter()).map(String::strip).toList())
                .build());
    }

    private Shell.Ended verify(String... more) {
        List<String> call = new ArrayList<>(
                List.of("audit", "verify", folder.resolve("audit.jsonl").toString()));
        call.addAll(List.of(more));
        return shell.run(call.toArray(String[]::new));
    }

    @Test
    void aWholeLogIsGoodWithoutAController() {
        plane.stop();
        export(LOG.toArray(String[]::new));

        Shell.Ended ended = verify();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .isEqualTo(
                        "5 entries, 1 to 5, from 2026-11-29T12:00:00.000250Z to 2026-11-29T12:00:00.000250Z: none was"
                                + " changed, dropped or put elsewhere.\nhead: " + HEAD + "\n");
        assertThat(verify("--quiet").out()).isEqualTo(HEAD + "\n");
        assertThat(verify("--output", "json").out()).contains("\"entries\":5,", "\"head\":\"" + HEAD + "\"");
        assertThat(verify("--head", HEAD).exitCode()).isZero();
        assertThat(verify("--head", "3:" + Logs.hash(LOG.get(2))).exitCode()).isZero();
        assertThat(plane.asked()).isEmpty();
    }

    @Test
    void saysWhichLineIsWrongAndWhy() {
        export(LOG.get(0), LOG.get(1).replace("olga1", "vera1"), LOG.get(2));
        assertThat(verify().exitCode()).isEqualTo(1);
        assertThat(verify().err())
                .contains("audit.jsonl, line 2 was changed: entry 2 has the hash")
                .contains("\n  next:  What is before is good.");
        assertThat(verify().out()).isEmpty();

        export(LOG.get(0), LOG.get(3));
        assertThat(verify().err())
                .contains("line 2 is entry 4 where 2 must be: entries 2 to 3 were dropped, or stand elsewhere");
        export(LOG.get(1), LOG.get(2));
        assertThat(verify().err())
                .contains("line 1 is entry 2 where 1 must be: entry 1 was dropped, or stands elsewhere");
        export(LOG.get(0), LOG.get(1), LOG.get(0));
        assertThat(verify().err()).contains("line 3 is entry 1 where 3 must be: it comes again, or out of order");
        export(LOG.get(0), "\n", LOG.get(1));
        assertThat(verify().err()).contains("line 2 is no entry of an audit log");
        export(LOG.get(0), LOG.get(1).strip());
        assertThat(verify().err()).contains("line 2 has no end: it was cut off");
        export(
                LOG.get(0),
                Logs.lines(new AuditPoint(1, "ab".repeat(32)), 1, "x").getFirst());
        assertThat(verify().err()).contains("line 2 does not follow what is before it");
    }

    @Test
    void theHeadShowsWhatTheChainAloneCannot() {
        export(LOG.get(0), LOG.get(1));
        assertThat(verify().exitCode()).isZero();
        Shell.Ended cut = verify("--head", HEAD);
        assertThat(cut.exitCode()).isEqualTo(1);
        assertThat(cut.err()).contains("ends with entry 2, and the head is entry 5: what is between was cut off");

        export(Logs.lines(AuditPoint.BEGIN, 5, "vera").toArray(String[]::new));
        assertThat(verify().exitCode()).isZero();
        Shell.Ended anew = verify("--head", HEAD);
        assertThat(anew.exitCode()).isEqualTo(1);
        assertThat(anew.err()).contains("line 5 is another entry 5 than that of the head", "written anew");
    }

    @Test
    void laterExportsGoOnWhereOthersEnd() {
        Path first = shell.file("first.jsonl", LOG.get(0) + LOG.get(1));
        Path second = shell.file("second.jsonl", LOG.get(2) + LOG.get(3) + LOG.get(4));

        assertThat(shell.run("audit", "verify", first.toString(), second.toString(), "--head", HEAD)
                        .out())
                .contains("5 entries, 1 to 5");
        String middle = "2:" + Logs.hash(LOG.get(1));
        assertThat(shell.run("audit", "verify", second.toString(), "--after", middle)
                        .out())
                .contains("3 entries, 3 to 5");
        assertThat(shell.run("audit", "verify", second.toString()).exitCode()).isEqualTo(1);
        assertThat(shell.run("audit", "verify", second.toString(), "--after", "2:" + "0".repeat(64))
                        .exitCode())
                .isEqualTo(1);
        assertThat(shell.run("audit", "verify", second.toString(), "--after", middle, "--head", "1:" + "0".repeat(64))
                        .err())
                .contains("begins behind entry 1, so that the head says nothing of it");
        assertThat(shell.typing(String.join("", LOG))
                        .run("audit", "verify", "-", "--quiet")
                        .out())
                .isEqualTo(HEAD + "\n");
    }

    @Test
    void callsWithoutAnEndAreNamed() {
        String started = Logs.line(AuditPoint.BEGIN, "started", "");
        String begun = Logs.line(new AuditPoint(1, Logs.hash(started)), "begun", "\"call\":\"c-1\"");
        String again = Logs.line(new AuditPoint(2, Logs.hash(begun)), "started", "");
        String open = Logs.line(new AuditPoint(3, Logs.hash(again)), "begun", "\"call\":\"c-2\"");
        export(started, begun, again, open);
        assertThat(verify().out())
                .contains("1 call ended nobody knows how: the controller stopped meanwhile: entry 2\n")
                .contains("1 call had not ended yet: entry 4\n");
        export(
                started,
                begun,
                Logs.line(
                        new AuditPoint(2, Logs.hash(begun)),
                        "ended",
                        "\"call\":\"c-1\",\"outcome\":{\"code\":\"OK\"}"));
        assertThat(verify().out()).doesNotContain("call ");
    }

    @Test
    void wrongPointsAndFilesAreSaid() {
        assertThat(verify().err()).contains("there is no such file");
        export(LOG.get(0));
        Shell.Ended ended = verify("--head", "12");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--head: '12' is no entry's number and hash", "SEQ:HASH");
    }

    @Test
    void exportsToStandardOutputAndToAFileOfOnesOwn() throws Exception {
        answer();
        Path file = folder.resolve("audit.jsonl");

        assertThat(shell.run("audit", "export").out()).isEqualTo(String.join("", LOG));
        assertThat(shell.run("audit", "export", "--after", "3").out()).isEqualTo(LOG.get(3) + LOG.get(4));
        Shell.Ended ended = shell.run("audit", "export", "--to", file.toString());
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).isEqualTo("Wrote 5 entries to " + file + ".\n");
        assertThat(file).hasContent(String.join("", LOG));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(verify("--head", HEAD).exitCode()).isZero();
        assertThat(shell.run("audit", "export", "--to", file.toString()).exitCode())
                .isEqualTo(3);
        assertThat(file).hasContent(String.join("", LOG));
    }

    @Test
    void goesOnBehindAnEarlierExport() throws Exception {
        answer();
        Path file = folder.resolve("audit.jsonl");
        String[] call = {"audit", "export", "--to", file.toString(), "--append"};

        assertThat(shell.run(call).err()).contains("Wrote 5 entries");
        assertThat(shell.run(call).err()).contains("Added 0 entries");
        Files.writeString(file, LOG.get(0) + LOG.get(1));
        assertThat(shell.run(call).err()).contains("Added 3 entries");
        assertThat(plane.asked(ExportAuditRequest.class).getLast().getAfter()).isEqualTo(2);
        Files.writeString(file, LOG.get(0) + LOG.get(1).substring(0, 50));
        assertThat(shell.run(call).err()).contains("Added 4 entries");
        assertThat(Files.readString(file)).isEqualTo(String.join("", LOG));
    }

    @Test
    void addsNothingToWhatWasChangedNorWhatDoesNotFollow() throws Exception {
        answer();
        Path file = export(LOG.get(0), LOG.get(1).replace("olga", "vera"));
        String before = Files.readString(file);
        Shell.Ended changed = shell.run("audit", "export", "--to", file.toString(), "--append");
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.err()).contains("line 2 was changed", "Nothing was added");
        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(plane.asked(ExportAuditRequest.class)).isEmpty();

        export(Logs.lines(AuditPoint.BEGIN, 2, "vera").toArray(String[]::new));
        before = Files.readString(file);
        Shell.Ended other = shell.run("audit", "export", "--to", file.toString(), "--append");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("does not go on where", "behind entry 2", "put back from a backup");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void anExportThatIsRefusedLeavesNoFile() {
        plane.refuse("ExportAudit", Status.PERMISSION_DENIED.withDescription("ExportAudit needs the role admin."));
        Path file = folder.resolve("audit.jsonl");
        Shell.Ended ended = shell.run("audit", "export", "--to", file.toString());
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("needs the role admin");
        assertThat(file).doesNotExist();
        assertThat(shell.run("audit", "export", "--append").exitCode()).isEqualTo(2);
        assertThat(shell.run("audit", "export", "--output", "json").exitCode()).isEqualTo(2);
    }

    @Test
    void asksForWhatIsLookedFor() {
        plane.answer(
                "ListAuditEntries",
                ListAuditEntriesResponse.newBuilder().setNextPageToken("7").build());
        Shell.Ended ended = shell.run(
                "audit",
                "list",
                "--user",
                "olga",
                "--method",
                "CreateTeam",
                "--kind",
                "begun",
                "--from",
                "2026-11-01",
                "--to",
                "2026-11-29T00:00:00Z",
                "--limit",
                "5");
        assertThat(ended.out()).isEqualTo("No entries.\n");
        assertThat(ended.err()).contains("There are more");
        assertThat(plane.asked(ListAuditEntriesRequest.class))
                .containsExactly(ListAuditEntriesRequest.newBuilder()
                        .setUser("olga")
                        .setMethod("CreateTeam")
                        .setKind("begun")
                        .setFrom(Fleet.at("2026-10-31T15:00:00Z"))
                        .setTo(Fleet.at("2026-11-29T00:00:00Z"))
                        .setPageSize(5)
                        .build());
        assertThat(shell.run("audit", "list", "--limit", "0").exitCode()).isEqualTo(2);
    }
}
