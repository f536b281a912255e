package dev.drydock.agent.session;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.SyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running agent tells those who ask on the host. It lies in a file that is replaced at each change; whether the agent
 * still runs is not in it.
 *
 * @param connectedSince empty when it is not connected
 * @param error why it is not connected, or what else went wrong last; empty when nothing did
 * @param activeRuns runs that have not ended
 * @param undelivered how many runs have news that the controller does not have yet, ended ones too
 * @param troubles what a person has to look at before this host takes another run
 */
public record AgentStatus(
        long pid,
        Instant started,
        String controller,
        Optional<Instant> connectedSince,
        String error,
        Optional<Instant> errorAt,
        List<String> activeRuns,
        long undelivered,
        List<String> troubles) {
    private static final int MAX_BYTES = 64 * 1024;

    public AgentStatus {
        activeRuns = List.copyOf(activeRuns);
        troubles = List.copyOf(troubles);
    }

    /** Whole or not at all for who reads it; not meant to outlast a power cut. */
    void write(Path file) throws IOException {
        Map<String, Object> json = new HashMap<>(Map.of(
                "pid", pid,
                "started", started.toString(),
                "controller", controller,
                "error", error,
                "activeRuns", activeRuns,
                "undelivered", undelivered,
                "troubles", troubles));
        connectedSince.ifPresent(since -> json.put("connectedSince", since.toString()));
        errorAt.ifPresent(at -> json.put("errorAt", at.toString()));
        DurableFiles.replaceUnsynced(file, JsonWriter.write(json));
    }

    /** Empty when there is none. */
    public static Optional<AgentStatus> read(Path file) throws IOException {
        try {
            Node.Mapping json = (Node.Mapping) JsonReader.read(Files.readAllBytes(file), MAX_BYTES);
            return Optional.of(new AgentStatus(
                    (Long) json.get("pid").orElseThrow().plain(),
                    instant(json, "started").orElseThrow(),
                    (String) json.get("controller").orElseThrow().plain(),
                    instant(json, "connectedSince"),
                    (String) json.get("error").orElseThrow().plain(),
                    instant(json, "errorAt"),
                    texts(json, "activeRuns"),
                    (Long) json.get("undelivered").orElseThrow().plain(),
                    // Absent of an agent before this field: after an upgrade one runs until its run has ended.
                    json.get("troubles").isPresent() ? texts(json, "troubles") : List.of()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (SyntaxException | RuntimeException e) {
            throw new IOException(file + " is not what the agent wrote: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Node.Mapping json, String key) {
        return ((List<?>) json.get(key).orElseThrow().plain())
                .stream().map(String.class::cast).toList();
    }

    private static Optional<Instant> instant(Node.Mapping json, String key) {
        return json.get(key).map(node -> Instant.parse((String) node.plain()));
    }
}
