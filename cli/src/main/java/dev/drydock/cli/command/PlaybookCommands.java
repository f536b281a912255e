package dev.drydock.cli.command;

import com.google.protobuf.ByteString;
import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Output;
import dev.drydock.playbooks.Diff;
import dev.drydock.playbooks.Difference;
import dev.drydock.playbooks.lint.LintResult;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.proto.v1.GetPlaybookRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PushPlaybookRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock playbook}. */
@Command(
        name = "playbook",
        description = "Playbooks: what is to be done on hosts, signed and never changed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock playbook new web-monthly --template web-security-updates",
            "  drydock playbook sign web-monthly.yaml --key ops-2026.key",
            "  drydock playbook push web-monthly.yaml"
        })
public final class PlaybookCommands {
    private static final String REFERENCE = "NAME for the newest version, or NAME@VERSION.";

    private final App app;

    public PlaybookCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "new",
            description = "Writes NAME.yaml from a template. Never overwrites a file.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock playbook new web-monthly --template web-security-updates",
                "  drydock playbook new monthly --out playbooks/monthly.yaml"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and dashes.") String name,
            @Option(
                            names = "--template",
                            paramLabel = "TEMPLATE",
                            defaultValue = "security-updates",
                            completionCandidates = PlaybookTemplates.class,
                            description = "One of ${COMPLETION-CANDIDATES}. Default: security-updates.")
                    String template,
            @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: NAME.yaml.")
                    @Nullable
                    Path out) {
        Path file = PlaybookTemplates.write(template, name, out);
        Output output = app.output();
        output.answer(
                Map.of("file", file.toString()),
                List.of(file.toString()),
                () -> List.of("Wrote " + file + " from the template " + template + "."));
        output.hint("Change it, then: drydock playbook lint " + file);
        return ExitCode.DONE;
    }

    @Command(
            name = "library",
            description = {
                "Lists the ready playbooks, or says of one what it does, when to run it, at what risk, with which way back,",
                "and on what it was tested."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock playbook library", "  drydock playbook library full-updates"})
    int library(
            @Parameters(
                            paramLabel = "TEMPLATE",
                            arity = "0..1",
                            completionCandidates = PlaybookTemplates.class,
                            description = "Only this one, with its README.")
                    @Nullable
                    String template) {
        PlaybookTemplates.show(app.output(), template);
        return ExitCode.DONE;
    }

    @Command(
            name = "lint",
            description = {
                "Checks playbooks without a controller: their shape, actions, arguments and expressions.",
                "Prints what is wrong as FILE:LINE:COLUMN on standard error and exits with 1 when there are errors."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock playbook lint web-monthly.yaml",
                "  drydock playbook lint *.yaml --strict --output json"
            })
    int lint(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Playbooks, YAML.") List<Path> files,
            @Option(names = "--strict", description = "Exit with 1 for warnings too.") boolean strict) {
        return LintReport.lint(app, files, strict) ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Command(
            name = "sign",
            description = {
                "Signs a playbook's canonical form and writes the DSSE envelope to FILE.dsse.json.",
                "What does not lint is not signed."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock playbook sign web-monthly.yaml --key ops-2026.key",
                "  pass ops-2026 | drydock playbook sign web-monthly.yaml --key ops-2026.key --passphrase-file -"
            })
    int sign(
            @Parameters(paramLabel = "FILE", description = "The playbook, YAML.") Path file,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The private key, as drydock key create wrote it.")
                    Path key,
            @Option(
                            names = "--passphrase-file",
                            paramLabel = "FILE",
                            description = "File with the key's passphrase, or '-'.")
                    @Nullable
                    String passphraseFile) {
        PlaybookFile playbook = PlaybookFile.read(file);
        LintResult result = playbook.lint();
        LintReport.lines(result).forEach(app.environment().err()::println);
        if (result.playbook().isEmpty()) {
            throw CliException.failed(
                    file + " is not signed: " + LintReport.count(result) + ".", "Correct it and sign it again.");
        }
        PlaybookSigning.Signed signed =
                PlaybookSigning.sign(app, playbook, result.playbook().get(), key, passphraseFile);
        Output output = app.output();
        output.answer(
                signed.tree(),
                List.of(signed.digest()),
                () -> List.of(
                        "Signed " + signed.name() + " as " + signed.signer() + ".",
                        "Digest   " + signed.digest(),
                        "Envelope " + playbook.envelope()));
        output.hint("Next: drydock playbook push " + file);
        return ExitCode.DONE;
    }

    @Command(
            name = "push",
            description = {
                "Gives a signed playbook to the controller, as the next version of its name.",
                "The same content again changes nothing."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock playbook push web-monthly.yaml", "  drydock playbook push web-monthly.yaml --quiet"})
    int push(
            @Parameters(
                            paramLabel = "FILE",
                            description = "The playbook, YAML. Its envelope FILE.dsse.json is beside it.")
                    Path file) {
        PlaybookFile playbook = PlaybookFile.read(file);
        Envelope envelope = PlaybookSigning.envelopeOf(playbook);
        Playbook pushed = app.api()
                .playbooks()
                .pushPlaybook(PushPlaybookRequest.newBuilder()
                        .setEnvelope(ByteString.copyFrom(envelope.write()))
                        .setSourceBytes(ByteString.copyFrom(playbook.content()))
                        .build());
        Output output = app.output();
        output.answer(
                pushed,
                List.of(PlaybookSource.reference(pushed)),
                () -> List.of(
                        PlaybookSource.reference(pushed) + "  signed by " + pushed.getSigner() + " ("
                                + pushed.getKeyId() + ")",
                        "Digest " + pushed.getDigest()));
        output.hint("Roll it out: drydock rollout create NAME --playbook " + PlaybookSource.reference(pushed));
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            description = "Lists the playbooks with their newest version, or all versions of one.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock playbook list", "  drydock playbook list web-monthly"})
    int list(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one, all its versions.") @Nullable
                    String name) {
        ListPlaybooksResponse playbooks = Pages.all(
                ListPlaybooksRequest.newBuilder().setName(Options.orEmpty(name)).build(),
                app.api().playbooks()::listPlaybooks,
                ListPlaybooksResponse::getNextPageToken);
        Output output = app.output();
        output.answer(
                playbooks,
                playbooks.getPlaybooksList().stream()
                        .map(PlaybookSource::reference)
                        .toList(),
                () -> output.list(
                        PlaybookSource.table(playbooks.getPlaybooksList(), output.times()),
                        "No playbooks. Begin with drydock playbook new."));
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Prints a playbook as it was written.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock playbook show web-monthly",
                "  drydock playbook show web-monthly@6 --canonical | sha256sum"
            })
    int show(
            @Parameters(paramLabel = "NAME[@VERSION]", description = REFERENCE) String reference,
            @Option(names = "--canonical", description = "Print the canonical form: the very bytes that are signed.")
                    boolean canonical) {
        Playbook playbook = app.api()
                .playbooks()
                .getPlaybook(
                        GetPlaybookRequest.newBuilder().setReference(reference).build());
        if (canonical) {
            app.environment().out().print(playbook.getCanonical());
            return ExitCode.DONE;
        }
        app.output().answer(playbook, List.of(PlaybookSource.reference(playbook)), () -> playbook.getSource()
                .lines()
                .toList());
        return ExitCode.DONE;
    }

    @Command(
            name = "diff",
            description = {
                "Compares what two playbooks mean, by path: ~ changed, + added, - removed.",
                "How they are written (order of keys, comments) makes no difference."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock playbook diff web-monthly@6 web-monthly@7",
                "  drydock playbook diff web-monthly web-monthly.yaml"
            })
    int diff(
            @Parameters(paramLabel = "OLD", description = "A file, or a reference: " + REFERENCE) String before,
            @Parameters(paramLabel = "NEW", description = "A file, or a reference.") String after) {
        List<Difference> differences =
                Diff.between(PlaybookSource.resolve(app, before), PlaybookSource.resolve(app, after));
        app.output()
                .answer(
                        PlaybookSource.tree(before, after, differences),
                        differences.stream().map(Difference::path).toList(),
                        () -> differences.isEmpty()
                                ? List.of("No difference: " + before + " and " + after + " mean the same.")
                                : differences.stream().map(Difference::toString).toList());
        return ExitCode.DONE;
    }
}
