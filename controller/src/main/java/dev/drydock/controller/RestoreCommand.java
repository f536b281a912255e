package dev.drydock.controller;

import dev.drydock.controller.backup.Backup;
import dev.drydock.controller.backup.BackupException;
import dev.drydock.controller.store.Comeback;
import dev.drydock.controller.store.StoreException;
import dev.drydock.controller.store.UpgradeCopies;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
            "Where --from is a file, a copy of the database that was made before an upgrade (DIR/upgrade-backups), it takes"
                    + " the place of the database in DIR, which is kept aside: the way back to the version of before."
                    + " The controller must be stopped. What is lost is said first, and asked for.",
            "Agents tell again what they delivered after the backup was made. What people did since then (tokens, keys,"
                    + " windows, rollouts, revocations) is not in it: do it again, revocations first."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-controller restore --from /backup/drydock-2026-11-24 --data /var/lib/drydock",
            "  sudo -u drydock drydock-controller restore --data /var/lib/drydock --from"
                    + " /var/lib/drydock/upgrade-backups/drydock-schema-25-2026-11-24T10-00-00Z.db"
        })
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR|FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init")
    private Path from;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data directory to be: not there yet, or empty; for a file one of a controller.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--yes", description = "Do not ask, for scripts.")
    private boolean yes;

    @Override
    public Integer call() throws BackupException, StartException {
        if (!Files.exists(from)) {
            throw new StartException(missing(), null);
        }
        if (Files.isRegularFile(from)) {
            return database(
                    from.toAbsolutePath().normalize(), data.toAbsolutePath().normalize());
        }
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

    /** Nobody is to be told that the data directory is in the way, who only mistyped a name. */
    private String missing() {
        String what =
                from + " is not there, or this user may not see it; expected the folder of a backup, or a copy that"
                        + " was made before an upgrade";
        try {
            List<String> copies = UpgradeCopies.beside(data.resolve("drydock.db")).all().stream()
                    .map(copy -> copy.file().toString())
                    .toList();
            return copies.isEmpty() ? what + "." : what + ": " + String.join(", ", copies);
        } catch (IOException e) {
            return what + ".";
        }
    }

    private int database(Path copy, Path root) throws StartException {
        if (!Files.isDirectory(root)) {
            throw new StartException(root + " is not there; expected the data directory of a controller.", null);
        }
        requireOwner(root);
        try (DataDirectory directory = DataDirectory.open(root)) {
            Comeback comeback = new Comeback(copy, directory.database());
            Comeback.Loss loss = comeback.loss();
            PrintWriter out = spec.commandLine().getOut();
            out.println("What came after " + loss.from().map(Object::toString).orElse("its beginning")
                    + loss.to().map(to -> ", until " + to + ",").orElse("") + " is lost"
                    + (loss.changes().isEmpty() ? "." : ": " + String.join(", ", loss.changes()) + "."));
            out.println("Agents tell again of their runs. Revocations since then are forgotten: revoke again.");
            out.flush();
            if (!yes && !confirmed()) {
                throw new StartException(
                        "Nothing was changed. Say --yes, or answer yes at a terminal, to put it back.", null);
            }
            Optional<Path> aside = comeback.put(new Ids(new SecureRandom())::next, InstantSource.system());
            out.println("Put back."
                    + aside.map(kept -> " What was there is in " + kept + "; delete it when you are sure.")
                            .orElse("")
                    + " Install the version of before, then start it.");
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException("The data directory " + root + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** What another user makes there the controller could not use. */
    private static void requireOwner(Path root) throws StartException {
        try {
            String owner = Files.getOwner(root).getName();
            if (!Doctor.user().isEmpty() && !Doctor.user().equals(owner)) {
                throw new StartException(
                        root + " belongs to " + owner + ", and this is " + Doctor.user()
                                + ". Run it as its owner: sudo -u " + owner + " drydock-controller restore",
                        null);
            }
        } catch (IOException e) {
            throw new StartException("The data directory " + root + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static boolean confirmed() {
        Console console = System.console();
        return console != null && console.isTerminal() && "yes".equals(console.readLine("Put it back? Type yes: "));
    }
}
