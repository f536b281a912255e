package dev.drydock.agent.session;

import dev.drydock.agent.identity.ControllerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells log and status file how the session stands: a line when that changes, none for each attempt. For one thread. */
final class StatusBoard {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

    private final Path file;
    private AgentStatus status;
    private String complaint = "";

    StatusBoard(Path file, ControllerAddress controller, Instant now) {
        this.file = file;
        this.status = new AgentStatus(
                ProcessHandle.current().pid(),
                now,
                controller.toString(),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(),
                0,
                List.of());
        write();
    }

    void connected(ControllerAddress to, Instant now) {
        LOG.info("connected to {}", to);
        set(to.toString(), Optional.of(now), status.error(), status.errorAt());
    }

    /** A connection ended that was good, or was not to be had. */
    void disconnected(ControllerAddress from, Farewell farewell, Instant now) {
        boolean was = status.connectedSince().isPresent();
        String why = farewell.reason();
        switch (farewell) {
            case Farewell.Final _ -> LOG.error("the controller does not want this host back: {}", why);
            case Farewell.Again _ -> LOG.debug("connecting again: {}", why);
            case Farewell.SentAway _ -> LOG.info("sent away from {}: {}", from, why);
            case Farewell.Failed _ -> {
                if (was) {
                    LOG.warn("disconnected from {}: {}; runs go on, and it is tried again", from, why);
                } else if (!why.equals(complaint)) {
                    LOG.warn("cannot connect: {}; it is tried again and again", why);
                }
            }
        }
        complaint = was ? "" : why;
        set(status.controller(), Optional.empty(), why, Optional.of(now));
    }

    void runs(List<String> active, long undelivered, List<String> troubles) {
        if (!status.activeRuns().equals(active)
                || status.undelivered() != undelivered
                || !status.troubles().equals(troubles)) {
            status = new AgentStatus(
                    status.pid(),
                    status.started(),
                    status.controller(),
                    status.connectedSince(),
                    status.error(),
                    status.errorAt(),
                    active,
                    undelivered,
                    troubles);
            write();
        }
    }

    private void set(String controller, Optional<Instant> since, String error, Optional<Instant> errorAt) {
        status = new AgentStatus(
                status.pid(),
                status.started(),
                controller,
                since,
                error,
                errorAt,
                status.activeRuns(),
                status.undelivered(),
                status.troubles());
        write();
    }

    private void write() {
        try {
            status.write(file);
        } catch (IOException e) {
            LOG.debug("the status file cannot be written: {}", e.toString());
        }
    }
}
