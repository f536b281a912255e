package dev.drydock.controller.metrics;

import dev.drydock.controller.calendar.Calendar;
import dev.drydock.controller.notify.Notification;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What an operator has to look after: what could not be told or fetched, certificates that end, a disk that fills. */
public final class UpkeepMeters {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final MeterRegistry meters;
    private final LongSupplier nanos;

    public UpkeepMeters(Registry registry, LongSupplier nanos) {
        this.meters = registry.meters();
        this.nanos = nanos;
    }

    public void notifications(Supplier<Map<Notification.State, Integer>> counts) {
        Aged<Map<Notification.State, Integer>> aged = new Aged<>(counts, EVERY, nanos);
        for (Notification.State state : List.of(Notification.State.PENDING, Notification.State.FAILED)) {
            Gauge.builder("drydock.notifications", () -> aged.number(now -> now.getOrDefault(state, 0)))
                    .description(
                            "Notifications of teams that wait to be sent, and that were given up in the last 90 days.")
                    .tag("state", Words.of(state))
                    .register(meters);
        }
    }

    public void calendars(Supplier<List<Calendar>> all) {
        for (boolean failing : new boolean[] {false, true}) {
            Gauge.builder("drydock.calendars", () -> all.get().stream()
                            .filter(calendar -> calendar.problem().isEmpty() != failing)
                            .count())
                    .description("Calendars, by whether the last attempt to fetch and read them gave something.")
                    .tag("state", failing ? "failing" : "ok")
                    .register(meters);
        }
    }

    /** @param of {@code ca} or {@code server} */
    public void certificate(String of, Supplier<X509Certificate> certificate) {
        Gauge.builder(
                        "drydock.certificate.expiry.timestamp",
                        () -> certificate.get().getNotAfter().getTime() / 1000.0)
                .description(
                        "When a certificate of the controller ends, in seconds since 1970. The server's is renewed by itself.")
                .baseUnit("seconds")
                .tag("certificate", of)
                .register(meters);
    }

    /** @param directory where everything is kept */
    public void disk(Path directory) {
        Aged<FileStore> store = new Aged<>(() -> storeOf(directory), EVERY, nanos);
        Gauge.builder("drydock.data.free", () -> store.number(disk -> bytes(disk::getUsableSpace)))
                .description("What is free on the file system of the data directory.")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("drydock.data.size", () -> store.number(disk -> bytes(disk::getTotalSpace)))
                .description("The size of that file system.")
                .baseUnit("bytes")
                .register(meters);
    }

    private static FileStore storeOf(Path directory) {
        try {
            return Files.getFileStore(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double bytes(Space space) {
        try {
            return space.bytes();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @FunctionalInterface
    private interface Space {
        long bytes() throws IOException;
    }
}
