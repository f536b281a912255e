package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.controller.store.DatabaseLook;
import dev.drydock.controller.store.SchemaState;
import dev.drydock.controller.store.StoreException;
import dev.drydock.controller.store.UpgradeCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The database in the data directory: whether it opens, is whole, fits this program, and is not of the future.
 *
 * @param inUse whether a controller runs on it
 */
public record DatabaseExamination(Path data, boolean inUse) implements Examination {
    private static final String AREA = "database";
    private static final Duration SKEW = Duration.ofMinutes(1);

    private Path file() {
        return data.resolve("drydock.db");
    }

    @Override
    public List<Finding> examine(Instant now) throws IOException {
        if (Files.notExists(file())) {
            return List.of(
                    Files.exists(data.resolve("ca.key"))
                            ? Finding.trouble(
                                    AREA,
                                    file()
                                            + " is missing, though there is a CA: the next start would make an empty one",
                                    "Put it back from a backup before you start the controller: drydock-controller"
                                            + " restore --help")
                            : Finding.fine(AREA, "there is none yet: the first start makes it"));
        }
        List<Finding> findings = new ArrayList<>();
        try (DatabaseLook look = DatabaseLook.open(file(), inUse)) {
            List<String> faults = look.faults();
            findings.add(
                    faults.isEmpty()
                            ? Finding.fine(
                                    AREA,
                                    file() + " opens and is whole; "
                                            + look.count("hosts").orElse(0) + " hosts, "
                                            + look.count("runs").orElse(0) + " runs")
                            : Finding.trouble(
                                    AREA,
                                    file() + " is damaged: " + String.join("; ", faults),
                                    "Stop the controller and put a backup back: drydock-controller restore --help. Look"
                                            + " at the disk, too."));
            if (faults.isEmpty()) {
                findings.addAll(schema(look.schema()));
                findings.addAll(clock(look.newest(), now));
            }
        } catch (StoreException e) {
            findings.add(Finding.trouble(
                    AREA,
                    String.valueOf(e.getMessage()),
                    "Run this as root; if it stays so, put a backup back: drydock-controller restore --help"));
        }
        return findings;
    }

    private List<Finding> schema(SchemaState schema) throws IOException {
        String at = "its schema is at version " + schema.version().orElse("none");
        if (schema.newer()) {
            Optional<Path> copy = UpgradeCopies.beside(file()).newestUpTo(schema.known());
            return List.of(Finding.trouble(
                    AREA,
                    at + ", of a newer Drydock; this program knows " + schema.known(),
                    copy.map(before -> "Install the newer version again, or go back to what was before the upgrade:"
                                    + " drydock-controller restore --from " + before + " --data " + data)
                            .orElse("Install the newer version again, or put a backup of before the upgrade back.")));
        }
        if (schema.failed()) {
            return List.of(Finding.trouble(
                    AREA,
                    at + ", and a step after it was left in the middle",
                    "Put back what was before the upgrade: drydock-controller restore --help"));
        }
        if (!schema.upgradePending()) {
            return List.of(Finding.fine(AREA, at + ", as this program wants it"));
        }
        UpgradeCopies.Room room = UpgradeCopies.beside(file()).room();
        return List.of(
                room.suffices()
                        ? Finding.fine(AREA, at + "; the next start copies it and brings it to " + schema.known())
                        : Finding.trouble(
                                AREA,
                                at + ", this program wants " + schema.known()
                                        + ", and there is no room for the copy that is made before: "
                                        + room.text(),
                                "Make room there; until then the controller does not start, and changes nothing."));
    }

    private static List<Finding> clock(Optional<Instant> newest, Instant now) {
        return newest
                .map(at -> at.isAfter(now.plus(SKEW))
                        ? Finding.trouble(
                                "clock",
                                "this machine says " + now + ", and the newest record is of " + at,
                                "Set the clock right before you start the controller: windows open by it.")
                        : Finding.fine("clock", "says " + now + "; the newest record is of " + at))
                .stream()
                .toList();
    }
}
