package dev.drydock.controller;

import dev.drydock.controller.backup.Backup;
import dev.drydock.controller.backup.BackupException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drydock-controller backup}. */
@Command(
        name = "backup",
        description = {
            "Makes a backup of everything, also while the controller runs.",
            "It has the CA's key in it: keep it as you keep that."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-controller backup --data /var/lib/drydock --to /backup/drydock-$(date +%%F)",
            "  (cd /backup/drydock-2026-11-24 && sha256sum --check --quiet SHA256SUMS)"
        })
final class BackupCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The controller's data directory.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Where the backup goes: a directory that is not there yet, or empty.")
    @SuppressWarnings("NullAway.Init")
    private Path to;

    @Override
    public Integer call() throws BackupException {
        Backup.Summary made = Backup.make(
                data.toAbsolutePath().normalize(), to.toAbsolutePath().normalize());
        spec.commandLine()
                .getOut()
                .println("Backup of " + data + " in " + to + ": " + made.files() + " files, " + made.bytes()
                        + " bytes. Put back by: drydock-controller restore --from " + to + " --data DIR");
        return 0;
    }
}
