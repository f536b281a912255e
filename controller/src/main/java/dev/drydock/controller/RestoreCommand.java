package dev.drydock.controller;

import dev.drydock.controller.backup.Backup;
import dev.drydock.controller.backup.BackupException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drydock-controller restore}. */
@Command(
        name = "restore",
        description = {
            "Puts a backup back into a data directory that is empty or not there, after checking every file of it.",
            "Agents tell again what they delivered after the backup was made. What people did since then (tokens, keys,"
                    + " windows, rollouts, revocations) is not in it: do it again, revocations first."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  drydock-controller restore --from /backup/drydock-2026-11-24 --data /var/lib/drydock"})
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "The backup.")
    @SuppressWarnings("NullAway.Init")
    private Path from;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data directory to be: not there yet, or empty.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Override
    public Integer call() throws BackupException {
        Backup.Summary restored = Backup.restore(
                from.toAbsolutePath().normalize(),
                data.toAbsolutePath().normalize(),
                new Ids(new SecureRandom())::next,
                InstantSource.system());
        spec.commandLine()
                .getOut()
                .println("Put back into " + data + ": " + restored.files() + " files, " + restored.bytes()
                        + " bytes. Start it: drydock-controller run --data " + data);
        return 0;
    }
}
