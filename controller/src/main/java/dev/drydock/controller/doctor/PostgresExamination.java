package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLook;
import dev.drydock.controller.store.SchemaState;
import dev.drydock.controller.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The database of PostgreSQL: whether it lets the controller in, fits this program, and who leads on it. */
public record PostgresExamination(PostgresAddress database) implements Examination {
    private static final String AREA = "database";
    private static final int OLDEST = 14;
    private static final Duration SKEW = Duration.ofSeconds(30);

    @Override
    public List<Finding> examine(Instant now) {
        List<Finding> findings = new ArrayList<>();
        try (PostgresLook look = PostgresLook.open(database)) {
            version(look.version(), findings);
            if (!look.sortsBytewise()) {
                findings.add(Finding.trouble(
                        AREA,
                        database + " sorts text by the rules of a language",
                        "Make it anew with: CREATE DATABASE \"" + database.name()
                                + "\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"));
            }
            findings.add(schema(look.schema()));
            findings.add(look.lease()
                    .map(lease -> lease.expires().isAfter(now)
                            ? Finding.fine(AREA, lease.holder() + " leads since " + lease.since())
                            : Finding.trouble(
                                    AREA,
                                    "nobody leads: the lease of " + lease.holder() + " ended at " + lease.expires(),
                                    "Start a controller; one that runs takes over within seconds, or says in its log"
                                            + " why not."))
                    .orElseGet(() -> Finding.fine(AREA, "no controller ever led on it")));
            Duration skew = look.skew(now);
            if (skew.abs().compareTo(SKEW) > 0) {
                findings.add(Finding.trouble(
                        "clock",
                        "the database's clock and this machine's differ by "
                                + skew.abs().toSeconds() + " s",
                        "Set right whichever is wrong: windows open by the controller's."));
            }
        } catch (StoreException e) {
            findings.add(Finding.trouble(
                    AREA,
                    String.valueOf(e.getMessage()),
                    "Try psql '" + database
                            + "' from here: name, port, user, password and certificate must be right."));
        }
        return findings;
    }

    private void version(String version, List<Finding> findings) {
        int major = Integer.parseInt(version.replaceFirst("\\D.*", ""));
        findings.add(
                major < OLDEST
                        ? Finding.trouble(
                                AREA,
                                database + " is of PostgreSQL " + version + "; it must be " + OLDEST + " or newer",
                                "Upgrade the server.")
                        : Finding.fine(AREA, database + " lets this program in; PostgreSQL " + version));
    }

    private static Finding schema(SchemaState schema) {
        String at = "its schema is at version " + schema.version().orElse("none");
        if (schema.newer()) {
            return Finding.trouble(
                    AREA,
                    at + ", of a newer Drydock; this program knows " + schema.known(),
                    "Install the newer version again, or restore the dump of before the upgrade (pg_restore).");
        }
        return schema.upgradePending()
                ? Finding.advice(
                        AREA,
                        at + "; the next start brings it to " + schema.known(),
                        "Dump it before, nobody else does: pg_dump --format=custom --file=before.dump 'URL'")
                : Finding.fine(AREA, at + ", as this program wants it");
    }
}
