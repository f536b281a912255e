package dev.drydock.controller.compliance.rule;

import dev.drydock.controller.vulnerability.Releases;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.middleware.EndOfLife;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Middleware;
import dev.drydock.proto.facts.v1.Os;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Until when systems and middleware are mended by those who make them. */
public final class Lifetimes {
    private static final String FILE = "/compliance/os-end-of-life.yaml";

    private final EndOfLife systems;

    private Lifetimes(EndOfLife systems) {
        this.systems = systems;
    }

    /** By the table of systems that the program carries; agents tell of middleware themselves. */
    public static Lifetimes builtIn() {
        try (InputStream in = Lifetimes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new Lifetimes(EndOfLife.read(FILE, in.readAllBytes()));
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException("the table of systems is broken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Outcome of(Subject subject, Duration within) {
        Host host = subject.facts();
        List<Outcome> all = new ArrayList<>();
        Os os = host.getOs();
        Optional<LocalDate> end = systems.of(os.getId(), os.getVersion())
                .or(() -> systems.of(os.getId(), Releases.major(os.getVersion())));
        all.add(judge(os.getId() + " " + os.getVersion(), end, subject, within));
        for (Middleware one : host.getMiddlewareList()) {
            all.add(judge(one.getName() + " " + one.getSeries(), date(one.getEndOfLife()), subject, within));
        }
        return Outcome.worst(all);
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The last day counts in full. */
    private static Outcome judge(String what, Optional<LocalDate> end, Subject subject, Duration within) {
        if (end.isEmpty()) {
            return Outcome.unknown("it is not known until when " + what + " is mended");
        }
        Instant over = end.get().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Outcome outcome = subject.by(over.minus(within), what + " is mended until " + end.get());
        return outcome.state() == RuleState.LATE ? outcome : Outcome.COMPLIES;
    }
}
