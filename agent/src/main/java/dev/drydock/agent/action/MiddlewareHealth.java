package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Listening;
import dev.drydock.agent.host.ManagedHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether middleware is as well as it was: its configuration is valid, it has what it had, answers, and listens where it did. */
final class MiddlewareHealth {
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int MOST_SHOWN = 10;

    private final ManagedHost host;
    private final Listening listening;
    private final Pause pause;

    MiddlewareHealth(ManagedHost host, Listening listening, Pause pause) {
        this.host = host;
        this.listening = listening;
        this.pause = pause;
    }

    /**
     * How it was.
     *
     * @param printed {@code program arguments: line}, for each line that must stay
     * @param answering command lines that succeeded
     * @param listening what services listened on
     */
    record Baseline(List<String> printed, List<String> answering, List<String> listening) {
        Struct toStruct() {
            return new Structs()
                    .putStrings("printed", printed)
                    .putStrings("answering", answering)
                    .putStrings("listening", listening)
                    .build();
        }

        static Baseline of(Struct struct) {
            return new Baseline(
                    Structs.strings(struct, "printed"),
                    Structs.strings(struct, "answering"),
                    Structs.strings(struct, "listening"));
        }
    }

    Baseline look(List<Handled> handled, Job job) throws HostException, IOException, InterruptedException {
        List<String> printed = new ArrayList<>();
        List<String> answering = new ArrayList<>();
        for (Handled one : handled) {
            for (List<String> argv : one.same()) {
                if (isThere(argv)) {
                    printed(argv, job).forEach(printed::add);
                }
            }
            for (List<String> argv : one.probe()) {
                if (isThere(argv) && run(argv, job).ok()) {
                    answering.add(String.join(" ", argv));
                }
            }
        }
        return new Baseline(printed, answering, List.copyOf(listening(handled)));
    }

    /**
     * @param when in words, for the message
     * @throws HostException with what the first test says that fails
     */
    void requireValidConfiguration(List<Handled> handled, String when, Job job)
            throws HostException, InterruptedException {
        for (Handled one : handled) {
            for (List<String> argv : one.configTest()) {
                if (!isThere(argv)) {
                    job.output()
                            .line("There is no " + argv.getFirst() + " to test the configuration of " + one.label());
                    continue;
                }
                Commands.Result result = run(argv, job);
                if (!result.ok()) {
                    throw HostException.of(String.join(" ", argv), result)
                            .in("the configuration of " + one.label() + " is not valid " + when);
                }
            }
        }
    }

    /** Whether the program is there whose configuration is tested: it is that of the services. Where nothing is tested it is. */
    boolean isInstalled(Handled handled) {
        return handled.configTest().isEmpty() || handled.configTest().stream().anyMatch(this::isThere);
    }

    /** Within the grace. @throws HostException with what is worse than it was */
    void requireAsBefore(List<Handled> handled, Baseline before, Duration grace, Job job)
            throws HostException, IOException, InterruptedException {
        List<String> worse = worse(handled, before, job);
        for (long left = grace.toSeconds();
                left > 0 && !worse.isEmpty() && job.timeLeft().get().isPositive();
                left--) {
            pause.of(BETWEEN);
            worse = worse(handled, before, job);
        }
        if (!worse.isEmpty()) {
            throw new HostException(String.join("; ", worse));
        }
    }

    /** For people, of what was so before and still is. */
    static List<String> describe(Baseline health) {
        List<String> lines = new ArrayList<>();
        if (!health.printed().isEmpty()) {
            lines.add("all " + health.printed().size() + " modules of before are loaded");
        }
        health.answering().forEach(command -> lines.add(command + " succeeds, as before"));
        if (!health.listening().isEmpty()) {
            lines.add("services listen as before: " + String.join(", ", health.listening()));
        }
        return lines;
    }

    private List<String> worse(List<Handled> handled, Baseline before, Job job)
            throws HostException, IOException, InterruptedException {
        Baseline now = look(handled, job);
        List<String> worse = new ArrayList<>();
        add(worse, before.printed(), now.printed(), "is no longer so: ");
        add(worse, before.answering(), now.answering(), "no longer succeeds: ");
        add(worse, before.listening(), now.listening(), "nothing listens any more: ");
        return worse;
    }

    private static void add(List<String> worse, List<String> before, List<String> now, String what) {
        Set<String> there = new HashSet<>(now);
        List<String> gone =
                before.stream().filter(line -> !there.contains(line)).toList();
        if (!gone.isEmpty()) {
            worse.add(what
                    + String.join(", ", gone.stream().limit(MOST_SHOWN).toList())
                    + (gone.size() > MOST_SHOWN ? " and " + (gone.size() - MOST_SHOWN) + " more" : ""));
        }
    }

    private Set<String> listening(List<Handled> handled) throws IOException {
        if (!host.files().isWholeSystem() || !host.services().manager().equals("systemd")) {
            return Set.of();
        }
        return listening.of(
                handled.stream().flatMap(one -> one.services().stream()).toList());
    }

    private List<String> printed(List<String> argv, Job job) throws HostException, InterruptedException {
        String command = String.join(" ", argv);
        return run(argv, job)
                .stdout()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> command + ": " + line)
                .distinct()
                .toList();
    }

    private Commands.Result run(List<String> argv, Job job) throws HostException, InterruptedException {
        return job.silent().within(COMMAND).run(host.commands(), Map.of(), argv);
    }

    private boolean isThere(List<String> argv) {
        try {
            host.commands().requireProgram(argv.getFirst());
            return true;
        } catch (IOException absent) {
            return false;
        }
    }
}
