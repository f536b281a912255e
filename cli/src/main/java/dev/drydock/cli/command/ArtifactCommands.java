package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.client.ArtifactUpload;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.DeleteArtifactRequest;
import dev.drydock.proto.v1.ListArtifactsRequest;
import dev.drydock.proto.v1.ListArtifactsResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock artifact}. */
@Command(
        name = "artifact",
        description = "Artifacts: files that playbooks name by digest, for hosts without a way to the Internet.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock artifact push wordpress-2026-11.zip", "  drydock artifact list"})
public final class ArtifactCommands {
    private static final String WHICH = "Its digest, the first digits of it, or its name.";
    private static final String SHA256 = "sha256:";
    private static final int FEWEST_DIGITS = 6;

    private final App app;

    public ArtifactCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "push",
            description = {
                "Gives files to the controller, which keeps them by their SHA-256, at most 1 GiB each.",
                "Hosts fetch an artifact when a run of theirs names its digest. The same content again changes nothing."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock artifact push wordpress-2026-11.zip", "  drydock artifact push *.zip --quiet"})
    int push(@Parameters(paramLabel = "FILE", arity = "1..*", description = "Files.") List<Path> files) {
        ListArtifactsResponse.Builder pushed = ListArtifactsResponse.newBuilder();
        for (Path file : files) {
            pushed.addArtifacts(LocalFiles.reading("push", file, () -> push(file)));
        }
        Output output = app.output();
        output.answer(
                pushed.build(),
                pushed.getArtifactsList().stream().map(Artifact::getDigest).toList(),
                () -> pushed.getArtifactsList().stream()
                        .map(artifact -> artifact.getDigest() + "  " + artifact.getName() + "  " + size(artifact))
                        .toList());
        output.hint("Name it in a playbook, for example: source: {artifact: \""
                + pushed.getArtifacts(0).getDigest() + "\"}");
        return ExitCode.DONE;
    }

    private Artifact push(Path file) throws IOException {
        ArtifactHead head = ArtifactHead.newBuilder()
                .setDigest(digest(file))
                .setName(String.valueOf(file.getFileName()))
                .setSize(Files.size(file))
                .build();
        try (InputStream content = Files.newInputStream(file)) {
            return ArtifactUpload.send(app.api().pushing(), head, content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Not pushed: " + file + ".", "");
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream sum = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            sum.transferTo(OutputStream.nullOutputStream());
            return SHA256 + HexFormat.of().formatHex(sum.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Command(
            name = "list",
            description = "Lists the artifacts, the newest first.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock artifact list", "  drydock artifact list --output json"})
    int list() {
        ListArtifactsResponse artifacts = artifacts();
        Output output = app.output();
        output.answer(
                artifacts,
                artifacts.getArtifactsList().stream().map(Artifact::getDigest).toList(),
                () -> {
                    Table table = Table.of("NAME", "SIZE", "PUSHED", "DIGEST");
                    artifacts
                            .getArtifactsList()
                            .forEach(artifact -> table.row(
                                    Cell.of(artifact.getName()),
                                    Cell.of(size(artifact)),
                                    Cell.of(output.times().relative(artifact.getPushedAt())),
                                    Cell.of(artifact.getDigest())));
                    return output.list(table, "No artifacts. Push one with drydock artifact push.");
                });
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one artifact.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock artifact show wordpress-2026-11.zip", "  drydock artifact show 9c1b47 --output json"})
    int show(@Parameters(paramLabel = "ARTIFACT", description = WHICH) String which) {
        Artifact artifact = find(which);
        Output output = app.output();
        output.answer(artifact, List.of(artifact.getDigest()), () -> {
            Table table = Table.plain();
            table.row("name", artifact.getName());
            table.row("digest", artifact.getDigest());
            table.row("size", size(artifact) + " (" + artifact.getSize() + " bytes)");
            table.row("pushed", output.times().atAndRelative(artifact.getPushedAt()));
            return output.render(table);
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = {
                "Deletes an artifact.",
                "A run that names it and has not fetched it yet changes nothing, or goes back: check your playbooks first."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock artifact delete wordpress-2026-10.zip", "  drydock artifact delete 9c1b47 --yes"})
    int delete(
            @Parameters(paramLabel = "ARTIFACT", description = WHICH) String which,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        Artifact artifact = find(which);
        app.confirm(yes, "Delete artifact " + artifact.getName() + " (" + artifact.getDigest() + ")?");
        var deleted = app.api()
                .artifacts()
                .deleteArtifact(DeleteArtifactRequest.newBuilder()
                        .setDigest(artifact.getDigest())
                        .build());
        app.output()
                .answer(
                        deleted,
                        List.of(artifact.getDigest()),
                        () -> List.of(
                                "Artifact " + artifact.getName() + " (" + artifact.getDigest() + ") is deleted."));
        return ExitCode.DONE;
    }

    private ListArtifactsResponse artifacts() {
        return Pages.all(
                ListArtifactsRequest.getDefaultInstance(),
                app.api().artifacts()::listArtifacts,
                ListArtifactsResponse::getNextPageToken);
    }

    private Artifact find(String which) {
        List<Artifact> found = new ArrayList<>();
        String digits = which.startsWith(SHA256) ? which.substring(SHA256.length()) : which;
        for (Artifact artifact : artifacts().getArtifactsList()) {
            boolean begins =
                    digits.length() >= FEWEST_DIGITS && artifact.getDigest().startsWith(SHA256 + digits);
            if (begins || artifact.getName().equals(which)) {
                found.add(artifact);
            }
        }
        if (found.isEmpty()) {
            throw CliException.failed(
                    "There is no artifact '" + which + "'.", "See drydock artifact list for names and digests.");
        }
        if (found.size() > 1) {
            throw CliException.usage(
                    found.size() + " artifacts are meant by '" + which + "': "
                            + String.join(
                                    ", ",
                                    found.stream().map(Artifact::getDigest).toList()) + ".",
                    "Give the digest of one.");
        }
        return found.getFirst();
    }

    private static String size(Artifact artifact) {
        return artifact.getSize() < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", artifact.getSize() / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", artifact.getSize() / (double) (1 << 20));
    }
}
