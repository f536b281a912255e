package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.Remote.Answer;
import dev.drydock.cli.ssh.SshFault;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets one host with an installed agent into the fleet. */
final class Enrolling {
    /** Longer than any enrolment takes, and short enough that one that was left behind is worth nothing soon. */
    static final Duration TICKET_TTL = Duration.ofMinutes(10);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration ASK_EACH = Duration.ofSeconds(1);
    private static final Pattern ENROLLED = Pattern.compile("Enrolled as (\\S+) \\(([^)\\s]+)\\)");

    private final RootShell root;
    private final Controller controller;
    private final Wanted wanted;

    Enrolling(RootShell root, Controller controller, Wanted wanted) {
        this.root = root;
        this.controller = controller;
        this.wanted = wanted;
    }

    record Member(String id, String name) {}

    Member enrol(Course.Enrolment how) throws SshFault, Stopped {
        Controller.Ticket ticket = controller.ticket(wanted.labels(), TICKET_TTL);
        boolean used = false;
        try {
            String script = Shell.script("agent.sh", Map.of())
                    + Shell.script(
                            "enrol.sh",
                            Map.of(
                                    "controller", wanted.controller(),
                                    "name", wanted.name(),
                                    "again", how.option()));
            byte[] secret = (ticket.secret() + "\n").getBytes(StandardCharsets.UTF_8);
            Answer answer = root.run(script, () -> new ByteArrayInputStream(secret), LIMIT);
            if (!answer.ok()) {
                throw new Stopped(
                        answer.err().contains("onnect") || answer.err().contains("each")
                                ? "controller-unreachable"
                                : "enrol-failed",
                        "it could not enrol: " + Said.shortly(answer),
                        "See that it can reach " + wanted.controller()
                                + " and that this is the address for agents; then run this again.");
            }
            Matcher told = ENROLLED.matcher(answer.out());
            if (!told.find()) {
                throw new Stopped(
                        "enrol-failed",
                        "the agent did not say as what it enrolled: " + Said.shortly(answer),
                        "Run this again; it goes on where it stopped.");
            }
            used = true;
            return new Member(told.group(2), told.group(1));
        } finally {
            if (!used) {
                controller.discard(ticket);
            }
        }
    }

    /** @param changed what runs is not what is there now */
    void start(boolean changed) throws SshFault, Stopped {
        Answer answer = root.run(
                Shell.script("start.sh", Map.of("verb", changed ? "restart" : "start")), Remote.Input.NOTHING, LIMIT);
        if (!answer.ok()) {
            throw new Stopped(
                    "start-failed",
                    "the agent's unit does not start: " + Said.shortly(answer),
                    "Look there: journalctl -u drydock-agent.");
        }
    }

    /** Returns its name in the fleet, once the controller sees it connected. */
    String await(String hostId) throws SshFault, Stopped {
        long rounds = Math.max(1, wanted.patience().dividedBy(ASK_EACH));
        for (long round = 0; round < rounds; round++) {
            Optional<FleetHost> host = controller.host(hostId);
            if (host.filter(FleetHost::online).isPresent()) {
                return host.get().name();
            }
            pause();
        }
        Answer status = root.run(
                Shell.script("agent.sh", Map.of()) + Shell.script("status.sh", Map.of()), Remote.Input.NOTHING, LIMIT);
        Sight now = Sight.parse(status.out());
        String error = now.agentSays("lastError").isEmpty() ? now.get("log") : now.agentSays("lastError");
        throw new Stopped(
                now.get("active").equals("active") ? "controller-unreachable" : "agent-ended",
                (now.get("active").equals("active")
                                ? "the agent runs, but the controller has not seen it within "
                                        + wanted.patience().toSeconds() + " s"
                                : "the agent ended again")
                        + (error.isEmpty() ? "" : ": " + error),
                "Look there: drydock-agent status, and journalctl -u drydock-agent. Does it reach "
                        + wanted.controller() + "? Then run this again.");
    }

    private static void pause() throws Stopped {
        try {
            Thread.sleep(ASK_EACH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("interrupted", "it was left", "Run this again; it goes on where it stopped.");
        }
    }
}
