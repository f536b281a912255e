package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A time of day that a test moves, for the controller and the agents: libfaketime stands between them and the kernel's clock.
 * Their monotonic clocks, and the programs that agents run, are left alone.
 */
public final class LabClock {
    private static final String ON_HOST = "/srv/lab-clock";

    private final Path library;
    private final Path file;
    private final List<LabHost> hosts = new ArrayList<>();
    private Duration ahead;

    /**
     * @param directory for its file
     * @param ahead of this machine's clock; negative: behind
     */
    public LabClock(Path directory, Duration ahead) {
        this.library = library(directory);
        this.file = directory.resolve("clock");
        this.ahead = ahead;
        write();
    }

    private static Path library(Path into) {
        try (Stream<Path> debs = Files.list(LabImages.debs("clock", "libfaketime"))) {
            Path deb = debs.filter(path -> path.getFileName().toString().startsWith("libfaketime_"))
                    .findFirst()
                    .orElseThrow();
            Path unpacked = into.resolve("libfaketime");
            Process unpacking = new ProcessBuilder("dpkg", "-x", deb.toString(), unpacked.toString())
                    .inheritIO()
                    .start();
            if (unpacking.waitFor() != 0) {
                throw new IllegalStateException(deb + " cannot be unpacked");
            }
            try (Stream<Path> files = Files.walk(unpacked)) {
                return files.filter(path -> path.endsWith("libfaketimeMT.so.1"))
                        .findFirst()
                        .orElseThrow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** For a program on this machine that is to go by it. */
    public Map<String, String> variables() {
        return variables(library.toString(), file.toString());
    }

    private static Map<String, String> variables(String library, String file) {
        return Map.of(
                "LD_PRELOAD", library,
                "FAKETIME_TIMESTAMP_FILE", file,
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DISABLE_SHM", "1",
                "DONT_FAKE_MONOTONIC", "1",
                // Else it takes waits by the monotonic clock for ones by the clock that it moves, and they end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** The host's agent goes by it from its next start on. */
    public void on(LabHost host) {
        StringBuilder unit = new StringBuilder("[Service]\n");
        variables(ON_HOST + "/library", ON_HOST + "/clock")
                .forEach((name, value) -> unit.append("Environment=%s=%s\n".formatted(name, value)));
        host.copyIn(library, ON_HOST + "/library");
        host.put("/etc/systemd/system/drydock-agent.service.d/clock.conf", unit.toString(), 0644);
        host.put(ON_HOST + "/clock", text(), 0644);
        host.sh("systemctl daemon-reload");
        synchronized (hosts) {
            hosts.add(host);
        }
    }

    public Instant now() {
        return clock().instant();
    }

    /** For code in this process. */
    public Clock clock() {
        return Clock.offset(Clock.systemDefaultZone(), ahead);
    }

    /** From now on it is so late, within a second. */
    public void moveTo(Instant time) {
        ahead = Duration.between(Instant.now(), time);
        write();
        synchronized (hosts) {
            hosts.parallelStream()
                    .forEach(host -> host.sh("echo '%s' > %s/new && mv %s/new %s/clock"
                            .formatted(text().strip(), ON_HOST, ON_HOST, ON_HOST)));
        }
    }

    private String text() {
        return (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "\n";
    }

    private void write() {
        try {
            Path anew = file.resolveSibling("clock.new");
            Files.writeString(anew, text());
            Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
