package dev.drydock.agent;

import dev.drydock.agent.config.AgentPaths;
import dev.drydock.agent.config.AgentVersion;
import dev.drydock.agent.config.InstanceLock;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.session.AgentStatus;
import dev.drydock.playbooks.document.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drydock-agent status}. */
@Command(
        name = "status",
        description = "Shows who this host is, whether its agent runs and is connected, and what it is doing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-agent status",
            "  drydock-agent status --output json",
            "",
            "Troubles are what a person has to look at before this host takes another run; restart the agent afterwards.",
            "Exit codes: 0 enrolled, running, connected and without troubles; 1 not all of it."
        })
final class StatusCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Mixin
    private DataOptions where = new DataOptions();

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "How to show it.")
    private Format output = Format.TEXT;

    enum Format {
        TEXT,
        JSON
    }

    StatusCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure {
        AgentPaths paths = where.paths();
        try {
            Optional<Identity> identity = new IdentityStore(paths.identity()).load();
            boolean running = InstanceLock.isTaken(paths.lock());
            Optional<AgentStatus> status = AgentStatus.read(paths.status());
            Map<String, Object> facts = facts(identity, running, status);
            if (output == Format.JSON) {
                terminal.out().println(JsonWriter.text(facts));
            } else {
                facts.forEach((key, value) -> terminal.out().printf("%-20s %s%n", label(key), text(value)));
            }
            boolean connected =
                    running && status.flatMap(AgentStatus::connectedSince).isPresent();
            boolean troubled =
                    status.filter(known -> !known.troubles().isEmpty()).isPresent();
            return identity.isPresent() && connected && !troubled ? ExitCode.DONE : ExitCode.FAILED;
        } catch (IdentityException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.failed("the data directory " + paths.data() + " cannot be read: " + e);
        }
    }

    private Map<String, Object> facts(Optional<Identity> identity, boolean running, Optional<AgentStatus> status) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", AgentVersion.get());
        facts.put("enrolled", identity.isPresent());
        identity.ifPresent(host -> {
            facts.put("host", host.hostName());
            facts.put("hostId", host.hostId());
            facts.put("controller", host.controller().toString());
            facts.put("root", host.root());
            facts.put("certificateExpires", host.expires().toString());
            facts.put("certificateExpired", terminal.clock().instant().isAfter(host.expires()));
            facts.put(
                    "signers",
                    host.signers().stream()
                            .map(signer -> (Object) signer.toString())
                            .toList());
        });
        facts.put("running", running);
        status.ifPresent(known -> {
            Optional<Instant> since = known.connectedSince().filter(instant -> running);
            facts.put("connected", since.isPresent());
            since.ifPresent(instant -> facts.put("connectedSince", seconds(instant)));
            if (running) {
                facts.put("pid", known.pid());
                facts.put("started", seconds(known.started()));
            }
            facts.put("activeRuns", known.activeRuns());
            facts.put("undelivered", known.undelivered());
            facts.put("troubles", known.troubles());
            known.errorAt().ifPresent(at -> {
                facts.put("lastError", known.error());
                facts.put("lastErrorAt", seconds(at));
            });
        });
        return facts;
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code certificateExpires} as {@code certificate expires}. */
    private static String label(String key) {
        return key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? "yes" : "no";
            case List<?> list ->
                list.isEmpty()
                        ? "none"
                        : String.join(", ", list.stream().map(String::valueOf).toList());
            default -> value.toString();
        };
    }
}
