package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How apt and dpkg are run here: never asking, without a terminal, as one process tree. */
final class Apt {
    /** Debconf, needrestart and apt's listing hooks ask people unless told not to. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DEBIAN_FRONTEND", "noninteractive",
            "DEBIAN_PRIORITY", "critical",
            "APT_LISTCHANGES_FRONTEND", "none",
            "APT_LISTBUGS_FRONTEND", "none",
            "NEEDRESTART_MODE", "l",
            "NEEDRESTART_SUSPEND", "1");

    private static final List<String> OPTIONS = List.of(
            "-y",
            "-q",
            "-o",
            "Dpkg::Use-Pty=0",
            "-o",
            "APT::Sandbox::User=root",
            "-o",
            "APT::Get::AutomaticRemove=false",
            "-o",
            "APT::Get::Show-Versions=false");

    /**
     * What makes a question of {@code apt-get}. The log of the order that it would unpack in, which it writes over the one of the last
     * real change and compresses by xz, is left alone: that took half of the time of the question.
     */
    private static final List<String> SIMULATION =
            List.of("-s", "-o", "Debug::NoLocking=1", "-o", "Dir::Log::Planner=");

    private final Commands commands;

    Apt(Commands commands) {
        this.commands = commands;
    }

    /** {@code apt-get -s …}: nothing is changed, nothing locked. */
    AptSimulation simulate(List<String> options, String verb, List<String> packages, Job job)
            throws HostException, InterruptedException {
        List<String> all = new ArrayList<>(SIMULATION);
        all.addAll(options);
        Commands.Result result = get(all, verb, packages, job.silent());
        if (result.timedOut()) {
            throw HostException.of("the simulation by apt-get", result);
        }
        if (!result.ok()) {
            throw new HostException("apt cannot do this: " + errors(result.tail()));
        }
        return AptSimulation.parse(result.stdout());
    }

    Commands.Result get(List<String> options, String verb, List<String> packages, Job job)
            throws HostException, InterruptedException {
        return get(options, verb, packages, Map.of(), job);
    }

    Commands.Result get(
            List<String> options, String verb, List<String> packages, Map<String, String> environment, Job job)
            throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>();
        argv.add("apt-get");
        argv.addAll(OPTIONS);
        argv.addAll(options);
        argv.add(verb);
        argv.addAll(packages);
        return run(argv, environment, job);
    }

    /** Downloads package files into a directory of the managed system. */
    Commands.Result download(String directory, List<String> packages, Job job)
            throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("env", "-C", directory, "apt-get"));
        argv.addAll(OPTIONS);
        argv.addAll(List.of("-o", "Acquire::Retries=2", "download"));
        argv.addAll(packages);
        return run(argv, job);
    }

    /**
     * What the lists say of files that could be downloaded; empty where one of the packages is in none.
     *
     * @return by the name that the download would give the file
     */
    Map<String, DebSum> sums(List<String> packages, Job job) throws HostException, InterruptedException {
        // Where no package file lies: apt says nothing of those that are there.
        List<String> argv = new ArrayList<>(List.of("env", "-C", "/", "apt-get"));
        argv.addAll(OPTIONS);
        argv.addAll(List.of("--print-uris", "download"));
        argv.addAll(packages);
        Commands.Result result = run(argv, job.silent());
        return result.ok() ? DebSum.parse(result.stdout()) : Map.of();
    }

    String cache(List<String> arguments, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("apt-cache"));
        argv.addAll(arguments);
        return job.silent().require(commands, ENVIRONMENT, argv);
    }

    Commands.Result run(List<String> argv, Job job) throws HostException, InterruptedException {
        return run(argv, Map.of(), job);
    }

    String require(List<String> argv, Job job) throws HostException, InterruptedException {
        return job.require(commands, ENVIRONMENT, argv);
    }

    private Commands.Result run(List<String> argv, Map<String, String> more, Job job)
            throws HostException, InterruptedException {
        Map<String, String> environment = new java.util.HashMap<>(ENVIRONMENT);
        environment.putAll(more);
        return job.run(commands, environment, argv);
    }

    /** apt's own error lines, else the last line. */
    static String errors(String tail) {
        List<String> errors = tail.lines()
                .filter(line -> line.startsWith("E: "))
                .map(line -> line.substring(3).strip())
                .toList();
        if (!errors.isEmpty()) {
            String needs = tail.lines()
                    .filter(line -> line.contains(" : Depends: ") || line.contains(" : Breaks: "))
                    .map(String::strip)
                    .reduce((a, b) -> a + "; " + b)
                    .orElse("");
            return String.join(" ", errors) + (needs.isEmpty() ? "" : " (" + needs + ")");
        }
        String text = tail.strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
