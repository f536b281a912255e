package dev.drydock.agent.host;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Services by {@code systemctl}. */
final class SystemdServices implements Services {
    private static final Pattern UNIT_FILE =
            Pattern.compile("(?:/usr)?/lib/systemd/system/([^/@]+\\.service)|/etc/systemd/system/([^/@]+\\.service)");

    private static final String SHOWN = "LoadState,ActiveState,SubState,UnitFileState,InvocationID,"
            + "StateChangeTimestampMonotonic,ExecMainStartTimestampMonotonic";

    private final Commands commands;
    private final LongSupplier monotonic;

    /** @param monotonic nanoseconds of CLOCK_MONOTONIC, by which systemd dates what it shows */
    SystemdServices(Commands commands, LongSupplier monotonic) {
        this.commands = commands;
        this.monotonic = monotonic;
    }

    @Override
    public String manager() {
        return "systemd";
    }

    @Override
    public State state(String unit, Job job) throws HostException, InterruptedException {
        String shown = job.silent()
                .require(commands, Map.of(), List.of("systemctl", "show", "--property=" + SHOWN, "--", full(unit)));
        return parse(shown, Duration.ofNanos(monotonic.getAsLong()));
    }

    static State parse(String shown, Duration now) {
        String load = property(shown, "LoadState");
        String active = property(shown, "ActiveState");
        if (load.equals("not-found") || load.isEmpty()) {
            return State.UNKNOWN;
        }
        return new State(
                true,
                active.equals("active") || active.equals("reloading"),
                property(shown, "UnitFileState").startsWith("enabled"),
                property(shown, "InvocationID"),
                steady(shown, now),
                active + " (" + property(shown, "SubState") + ")" + (load.equals("loaded") ? "" : ", " + load));
    }

    private static Duration steady(String shown, Duration now) {
        Duration since = Stream.of("StateChangeTimestampMonotonic", "ExecMainStartTimestampMonotonic")
                .map(name -> property(shown, name))
                .map(micros -> micros.isEmpty() ? now : Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return since.compareTo(now) < 0 ? now.minus(since) : Duration.ZERO;
    }

    private static String property(String shown, String name) {
        return shown.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    @Override
    public void start(String unit, Job job) throws HostException, InterruptedException {
        act("start", unit, job);
    }

    @Override
    public void stop(String unit, Job job) throws HostException, InterruptedException {
        act("stop", unit, job);
    }

    @Override
    public void restart(String unit, Job job) throws HostException, InterruptedException {
        // A unit that failed too often in a short time would be refused a start.
        job.silent().run(commands, Map.of(), List.of("systemctl", "reset-failed", "--", full(unit)));
        act("restart", unit, job);
    }

    @Override
    public void reload(String unit, Job job) throws HostException, InterruptedException {
        act("reload", unit, job);
    }

    @Override
    public void enable(String unit, boolean enabled, Job job) throws HostException, InterruptedException {
        act(enabled ? "enable" : "disable", unit, job);
    }

    private void act(String verb, String unit, Job job) throws HostException, InterruptedException {
        Commands.Result result = job.run(commands, Map.of(), List.of("systemctl", verb, "--", full(unit)));
        if (!result.ok()) {
            throw HostException.of("systemctl " + verb + " " + full(unit), result);
        }
    }

    @Override
    public List<String> failed(Job job) throws HostException, InterruptedException {
        String listed = job.silent()
                .require(
                        commands,
                        Map.of(),
                        List.of(
                                "systemctl",
                                "list-units",
                                "--state=failed",
                                "--all",
                                "--plain",
                                "--no-legend",
                                "--no-pager"));
        List<String> units = new ArrayList<>();
        for (String line : listed.lines().toList()) {
            String name = line.strip().split("\\s+", 2)[0];
            if (!name.isEmpty()) {
                units.add(name);
            }
        }
        return units.stream().sorted().toList();
    }

    @Override
    public Map<String, Set<String>> startedAfter(Collection<String> units, Job job)
            throws HostException, InterruptedException {
        if (units.isEmpty()) {
            return Map.of();
        }
        List<String> argv = new ArrayList<>(List.of("systemctl", "show", "--property=Id,After,Requires,BindsTo", "--"));
        units.forEach(unit -> argv.add(full(unit)));
        return parseAfter(job.silent().require(commands, Map.of(), argv));
    }

    /** Of several units, with an empty line between two. */
    static Map<String, Set<String>> parseAfter(String shown) {
        Map<String, Set<String>> after = new TreeMap<>();
        for (String unit : shown.split("\n\n+")) {
            Set<String> first = new TreeSet<>();
            for (String name : List.of("After", "Requires", "BindsTo")) {
                first.addAll(List.of(property(unit, name).split(" ")));
            }
            first.remove("");
            after.put(property(unit, "Id"), first);
        }
        return after;
    }

    @Override
    public List<String> definedBy(List<String> files) {
        TreeSet<String> units = new TreeSet<>();
        for (String file : files) {
            Matcher m = UNIT_FILE.matcher(file);
            if (m.matches()) {
                units.add(m.group(1) != null ? m.group(1) : m.group(2));
            }
        }
        return List.copyOf(units);
    }

    private static String full(String unit) {
        return unit.indexOf('.') >= 0 ? unit : unit + ".service";
    }
}
