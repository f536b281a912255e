package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock audit}. */
@Command(
        name = "audit",
        description = "The audit log: who changed what, and who was not let in.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock audit list --user olga",
            "  drydock audit export --to audit.jsonl --append",
            "  drydock audit verify audit.jsonl"
        })
public final class AuditCommands {
    private static final int MOST = 1_000;

    private final App app;

    public AuditCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "list",
            description = {
                "Lists entries, the newest first. A call that changes something is one entry, with what it ended with."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock audit list",
                "  drydock audit list --user olga --from 2026-11-28",
                "  drydock audit list --method HostService/RevokeHost --output json",
                "  drydock audit list --kind login-failed"
            })
    int list(
            @Option(names = "--user", paramLabel = "NAME", description = "Only what this user did.") @Nullable
                    String user,
            @Option(
                            names = "--method",
                            paramLabel = "METHOD",
                            description = "Only calls of this method, or of this service: RevokeHost, HostService.")
                    @Nullable
                    String method,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            description = "Only begun (calls), refused, started, restored, login, login-failed, …")
                    @Nullable
                    String kind,
            @Option(names = "--from", paramLabel = "TIME", description = "Not before.") @Nullable String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Before.") @Nullable String to,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
                    int limit) {
        if (limit < 1 || limit > MOST) {
            throw CliException.usage("--limit: " + limit + " is not from 1 to 1000.", "Write a number from 1 to 1000.");
        }
        ListAuditEntriesRequest.Builder request = ListAuditEntriesRequest.newBuilder()
                .setUser(Options.orEmpty(user))
                .setMethod(Options.orEmpty(method))
                .setKind(Options.orEmpty(kind))
                .setPageSize(limit);
        if (from != null) {
            request.setFrom(Times.message(
                    WindowStart.instant("--from", from, app.times().zone())));
        }
        if (to != null) {
            request.setTo(
                    Times.message(WindowStart.instant("--to", to, app.times().zone())));
        }
        ListAuditEntriesResponse found = app.api().audit().listAuditEntries(request.build());
        Output output = app.output();
        output.answer(
                found,
                found.getEntriesList().stream()
                        .map(AuditEntry::getSeq)
                        .map(String::valueOf)
                        .toList(),
                () -> AuditView.list(found.getEntriesList(), output));
        if (!found.getNextPageToken().isEmpty()) {
            output.hint("There are more: --limit, or --to with the time of the last one.");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "export",
            description = {
                "Writes entries as they were hashed, one a line, the oldest first: to standard output, or to a file.",
                "With --append it checks what the file has, and goes on behind it: what comes must follow that."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock audit export --to audit.jsonl",
                "  drydock audit export --to audit.jsonl --append",
                "  drydock audit export --after 1203 | gzip > audit-1204.jsonl.gz"
            })
    int export(
            @Option(names = "--to", paramLabel = "FILE", description = "Default: standard output.") @Nullable Path to,
            @Option(names = "--append", description = "Go on behind what the file has; it need not be there yet.")
                    boolean append,
            @Option(
                            names = "--after",
                            paramLabel = "SEQ",
                            defaultValue = "0",
                            description = "Only entries behind this one. Default: all.")
                    long after) {
        return new AuditExport(app).export(to, append, after);
    }

    @Command(
            name = "verify",
            description = {
                "Checks exports, without a controller: that no entry was changed, dropped, put elsewhere or added.",
                "Whoever can write to the controller's database could write the whole log anew, or cut off its end:"
                        + " --head with a SEQ:HASH that was kept elsewhere (the last line of an earlier check) shows that."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock audit verify audit.jsonl",
                "  drydock audit verify audit-2026-10.jsonl audit-2026-11.jsonl",
                "  drydock audit export | drydock audit verify -"
            })
    int verify(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "1..*",
                            description = "Exports, each going on where the one before ends; -: standard input.")
                    List<String> files,
            @Option(names = "--head", paramLabel = "SEQ:HASH", description = "An entry that must be in it.") @Nullable
                    String head,
            @Option(
                            names = "--after",
                            paramLabel = "SEQ:HASH",
                            description = "The entry that the first one follows. Default: it is the first of all.")
                    @Nullable
                    String after) {
        return new AuditCheck(app).verify(files, head, after);
    }
}
