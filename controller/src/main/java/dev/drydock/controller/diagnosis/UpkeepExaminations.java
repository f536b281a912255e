package dev.drydock.controller.diagnosis;

import dev.drydock.controller.calendar.Calendar;
import dev.drydock.controller.diagnosis.Finding.Level;
import dev.drydock.controller.notify.Notification;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks at what the controller itself lives on: its disk, its database, its certificates, and what it tells and fetches. */
public final class UpkeepExaminations {
    /** A CA is replaced with all agents' certificates: that takes its time. */
    static final Duration CA_EXPIRES = Duration.ofDays(90);
    /** The server's is renewed by itself long before. */
    static final Duration SERVER_EXPIRES = Duration.ofDays(7);

    private static final int PERCENT = 100;
    private static final int FEW_PERCENT = 10;
    private static final int TOO_FEW_PERCENT = 3;
    private static final long MIB = 1 << 20;

    private UpkeepExaminations() {}

    /** How much room there is. */
    public record Room(long free, long size) {}

    /** Where the room is read from. */
    @FunctionalInterface
    public interface RoomSource {
        Room room() throws Exception;
    }

    public static Examination disk(RoomSource source) {
        return now -> {
            Room room = source.room();
            long percent = room.size() == 0 ? 0 : PERCENT * room.free() / room.size();
            String text = room.free() / MIB + " MiB (" + percent + " %) are free where the data lies";
            String next = "Make room: a controller that cannot write starts nothing and takes no results.";
            return List.of(
                    percent < TOO_FEW_PERCENT
                            ? Finding.trouble("disk", text, next)
                            : percent < FEW_PERCENT ? Finding.advice("disk", text, next) : Finding.fine("disk", text));
        };
    }

    /** @param probe writes something and reads it; blocks */
    public static Examination database(BooleanSupplier probe) {
        return now -> List.of(
                probe.getAsBoolean()
                        ? Finding.fine("database", "can be written")
                        : Finding.trouble(
                                "database", "cannot be written", "See the controller's log: the disk, or its rights."));
    }

    public static Examination certificates(Supplier<X509Certificate> authority, Supplier<X509Certificate> server) {
        return now -> List.of(
                certificate(
                        "the CA's certificate",
                        authority.get(),
                        now,
                        CA_EXPIRES,
                        "Replace the CA in time: docs/controller.md, Certificates."),
                certificate(
                        "the controller's certificate",
                        server.get(),
                        now,
                        SERVER_EXPIRES,
                        "It is renewed by itself: see the controller's log why it was not."));
    }

    private static Finding certificate(
            String what, X509Certificate certificate, Instant now, Duration soon, String next) {
        Instant ends = certificate.getNotAfter().toInstant();
        String text = what + (ends.isBefore(now) ? " has ended at " : " ends at ") + ends;
        return ends.isBefore(now.plus(soon))
                ? Finding.trouble("certificates", text, next)
                : Finding.fine("certificates", text);
    }

    public static Examination calendars(Supplier<List<Calendar>> all) {
        return now -> {
            List<Finding> findings = new ArrayList<>();
            for (Calendar calendar : all.get()) {
                if (!calendar.problem().isEmpty()) {
                    boolean never = calendar.readAt().isEmpty();
                    findings.add(new Finding(
                            never ? Level.TROUBLE : Level.ADVICE,
                            "calendars",
                            "calendar " + calendar.name()
                                    + (never
                                            ? " was never read, so windows that name it do not open: "
                                            : " could not be fetched, the last content counts on: ")
                                    + calendar.problem(),
                            List.of(),
                            "drydock calendar show " + calendar.name() + " --refresh"));
                }
            }
            return findings;
        };
    }

    public static Examination notifications(Supplier<Map<Notification.State, Integer>> counts) {
        return now -> {
            int failed = counts.get().getOrDefault(Notification.State.FAILED, 0);
            return failed == 0
                    ? List.of()
                    : List.of(Finding.advice(
                            "notifications",
                            failed + " could not be delivered in the last 90 days",
                            "drydock notification list --state failed"));
        };
    }
}
