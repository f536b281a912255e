package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.Digests;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link History} in a small file: a line for each thing that is done, with its order and milliseconds. What it says is
 * estimates, so a file that is damaged is begun anew. Safe for use by several threads.
 */
final class HistoryFile {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
    private static final int KEY = 32;

    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /** For the steps of a program. */
    synchronized Estimates estimates(Program program) {
        History history = read();
        return Estimates.of(history, index -> {
            BoundStep step = program.steps().get(index);
            return key(program.playbook().name(), step.name(), step.action().name());
        });
    }

    /** Takes over how long the steps of an ended run took, where they did what they should. */
    synchronized void learn(String playbook, List<RunEvent> journal) {
        History before = read();
        History history = before;
        for (RunEvent event : journal) {
            Optional<History.Phase> phase = phase(event.getStep());
            if (phase.isPresent()) {
                StepTransition step = event.getStep();
                String key = key(playbook, step.getName(), step.getAction());
                history = history.with(new History.Key(key, phase.get()), Instants.of(step.getTook()));
            }
        }
        if (!history.equals(before)) {
            write(history);
        }
    }

    private static Optional<History.Phase> phase(StepTransition event) {
        if (event.getPhase() != StepTransition.Phase.PHASE_STEPS || !event.hasTook()) {
            return Optional.empty();
        }
        return switch (event.getState()) {
            case APPLIED -> Optional.of(History.Phase.APPLY);
            case STEP_VERIFIED -> Optional.of(History.Phase.VERIFY);
            case STEP_ROLLED_BACK -> Optional.of(History.Phase.ROLLBACK);
            default -> Optional.empty();
        };
    }

    private static String key(String playbook, String step, String action) {
        return Digests.sha256(playbook + "\n" + step + "\n" + action).substring(0, KEY);
    }

    private History read() {
        Map<History.Key, History.Past> durations = new TreeMap<>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] words = line.split(" ", -1);
                List<Duration> took = Arrays.stream(words)
                        .skip(3)
                        .map(Long::parseLong)
                        .map(Duration::ofMillis)
                        .toList();
                durations.put(
                        new History.Key(words[0], History.Phase.valueOf(words[1])),
                        new History.Past(Long.parseLong(words[2]), took));
            }
            return new History(durations);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be understood; how long steps take is learned anew", file, e);
            return History.NONE;
        }
    }

    private void write(History history) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(history.durations()).forEach((key, past) -> {
            StringBuilder line = new StringBuilder(key.step() + " " + key.phase() + " " + past.order());
            past.took().forEach(took -> line.append(' ').append(took.toMillis()));
            lines.add(line.append('\n').toString());
        });
        try {
            DurableFiles.replace(file, String.join("", lines).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("how long steps took cannot be kept in {}", file, e);
        }
    }
}
