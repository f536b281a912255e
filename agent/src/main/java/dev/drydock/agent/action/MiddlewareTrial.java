package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Listening;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Services;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.middleware.Instance;
import dev.drydock.agent.middleware.MiddlewareFinder;
import dev.drydock.agent.middleware.MiddlewareLibrary;
import dev.drydock.playbooks.middleware.EndOfLife;
import dev.drydock.playbooks.middleware.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tries profiles on a host, as an update would use them. Changes nothing. */
public final class MiddlewareTrial {
    private static final Duration QUESTION = Duration.ofMinutes(2);
    private static final long MIB = 1 << 20;

    private final ManagedHost host;
    private final MiddlewareLibrary library;
    private final MiddlewareHealth health;

    public MiddlewareTrial(ManagedHost host) {
        this.host = host;
        this.library = new MiddlewareLibrary(host.files());
        this.health = new MiddlewareHealth(host, new Listening(Path.of("/proc")), Thread::sleep);
    }

    /**
     * @param lines what was found, by kind
     * @param problems what is missing or fails
     */
    public record Finding(String name, boolean installed, Map<String, List<String>> lines, List<String> problems) {
        public Finding {
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param wanted names of profiles or files with one; empty: all that is installed
     * @throws IllegalArgumentException for a name that is none
     */
    public List<Finding> of(List<String> wanted) throws HostException, IOException, InterruptedException {
        PackageManager manager = host.packages()
                .orElseThrow(() -> new HostException("no package manager that this agent understands was found"));
        Map<String, Profile> known = library.profiles();
        List<Profile> profiles = new ArrayList<>();
        for (String name : wanted) {
            profiles.add(name.contains("/") || name.endsWith(".yaml") ? file(name) : named(name, known));
        }
        if (wanted.isEmpty()) {
            profiles.addAll(known.values());
        }
        Job job = Job.quiet(QUESTION);
        List<Instance> found = MiddlewareFinder.find(profiles, manager.installed(job), manager.name());
        List<PackageChange> pending = manager.pending(job);
        EndOfLife ends = library.endOfLife();
        List<Finding> findings = new ArrayList<>();
        for (Profile profile : profiles) {
            List<Instance> own =
                    found.stream().filter(one -> one.profile().equals(profile)).toList();
            for (Instance one : own) {
                findings.add(look(one, pending, ends, job));
            }
            if (own.isEmpty() && !wanted.isEmpty()) {
                findings.add(new Finding(profile.name(), false, Map.of(), List.of("its product is not installed")));
            }
        }
        return findings;
    }

    private Profile file(String name) throws HostException, IOException {
        return library.read(Path.of(name).toAbsolutePath().normalize().toString());
    }

    private static Profile named(String name, Map<String, Profile> known) {
        Profile profile = known.get(name);
        if (profile == null) {
            throw new IllegalArgumentException(
                    "there is no profile " + name + "; known are " + String.join(", ", known.keySet()));
        }
        return profile;
    }

    private Finding look(Instance one, List<PackageChange> pending, EndOfLife ends, Job job)
            throws HostException, IOException, InterruptedException {
        Handled handled = Handled.of(one, true);
        Map<String, List<String>> lines = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        lines.put("version", List.of(one.version()));
        ends.of(one.profile().name(), one.series())
                .map(LocalDate::toString)
                .ifPresent(day -> lines.put("mended until", List.of(day)));
        lines.put(
                "updates",
                pending.stream()
                        .filter(change -> one.owns(change.id().name()))
                        .map(change -> change.id().name() + " " + change.to())
                        .toList());
        lines.put("services", services(handled, problems, job));
        lines.put("not there", missing(handled, problems));
        lines.put("data", data(handled, problems));
        try {
            health.requireValidConfiguration(List.of(handled), "now", job);
        } catch (HostException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        MiddlewareHealth.Baseline now = health.look(List.of(handled), job);
        handled.probe().stream()
                .map(argv -> String.join(" ", argv))
                .filter(command -> !now.answering().contains(command))
                .forEach(command -> problems.add(command + " does not succeed, so it will prove nothing"));
        lines.put(
                "modules",
                now.printed().isEmpty() ? List.of() : List.of(now.printed().size() + " lines"));
        lines.put("listens", now.listening());
        return new Finding(one.label(), true, lines, problems);
    }

    private List<String> services(Handled handled, List<String> problems, Job job)
            throws HostException, InterruptedException {
        List<String> states = new ArrayList<>();
        for (String service : handled.services()) {
            Services.State state = host.services().state(service, job);
            if (state.known()) {
                states.add(service + " is " + state.detail());
            } else if (health.isInstalled(handled)) {
                problems.add("there is no service " + service);
            } else {
                // PHP as Apache's module or on the command line, for example.
                states.add(service + " is not installed");
            }
        }
        return states;
    }

    /** What one release has in a place of its own, another has not. */
    private List<String> missing(Handled handled, List<String> problems) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String path : handled.configuration()) {
            if (!host.files().exists(path)) {
                missing.add(path);
            }
        }
        if (missing.isEmpty() || missing.size() < handled.configuration().size()) {
            return missing;
        }
        missing.forEach(path -> problems.add("configuration " + path + " is not there"));
        return List.of();
    }

    private List<String> data(Handled handled, List<String> problems) throws IOException {
        List<String> sizes = new ArrayList<>();
        if (handled.data().isPresent()) {
            DataCopies copies = new DataCopies(host.files());
            for (String directory : handled.data().get().directories()) {
                if (host.files().exists(directory)) {
                    sizes.add(directory + ", " + copies.size(directory) / MIB + " MiB");
                } else {
                    problems.add("data directory " + directory + " is not there");
                }
            }
        }
        return sizes;
    }
}
