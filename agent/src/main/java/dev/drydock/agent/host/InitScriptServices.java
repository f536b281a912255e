package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Services by {@code /etc/init.d} scripts, for systems without a running systemd: containers and root directories. A
 * service is active when its script's {@code status} says so; nothing is known of failed ones, and nothing starts again
 * what dies.
 */
final class InitScriptServices implements Services {
    private static final Pattern SCRIPT = Pattern.compile("/etc/init\\.d/([A-Za-z0-9._+-]+)");

    private final Commands commands;
    private final HostFiles files;

    InitScriptServices(Commands commands, HostFiles files) {
        this.commands = commands;
        this.files = files;
    }

    @Override
    public String manager() {
        return "init scripts";
    }

    @Override
    public State state(String unit, Job job) throws HostException, InterruptedException {
        if (!isThere(unit)) {
            return State.UNKNOWN;
        }
        Commands.Result result = job.silent().run(commands, Map.of(), List.of(script(unit), "status"));
        boolean active = result.ok();
        return new State(
                true,
                active,
                startsAtBoot(unit),
                instance(unit),
                active ? "running" : "not running (status " + result.exitCode() + ")");
    }

    @Override
    public void start(String unit, Job job) throws HostException, InterruptedException {
        act(unit, "start", job);
    }

    @Override
    public void stop(String unit, Job job) throws HostException, InterruptedException {
        act(unit, "stop", job);
    }

    @Override
    public void restart(String unit, Job job) throws HostException, InterruptedException {
        act(unit, "restart", job);
    }

    @Override
    public void reload(String unit, Job job) throws HostException, InterruptedException {
        act(unit, "reload", job);
    }

    @Override
    public void enable(String unit, boolean enabled, Job job) throws HostException, InterruptedException {
        job.require(commands, Map.of(), List.of("update-rc.d", name(unit), enabled ? "enable" : "disable"));
    }

    /** Scripts of packages ask init scripts for a status while programs are being replaced, and do not always get the truth. */
    @Override
    public boolean outdated(String unit, Job job) throws HostException {
        String pid = instance(unit);
        return pid.matches("\\d+") && ProcessTable.runsReplacedProgram(Long.parseLong(pid));
    }

    @Override
    public List<String> failed(Job job) {
        return List.of();
    }

    @Override
    public List<String> definedBy(List<String> paths) {
        TreeSet<String> names = new TreeSet<>();
        for (String path : paths) {
            Matcher m = SCRIPT.matcher(path);
            if (m.matches()) {
                names.add(m.group(1));
            }
        }
        return List.copyOf(names);
    }

    private void act(String unit, String verb, Job job) throws HostException, InterruptedException {
        if (!isThere(unit)) {
            throw new HostException("service " + unit + " has no script " + script(unit) + " under " + files.root());
        }
        Commands.Result result = job.run(commands, Map.of(), List.of(script(unit), verb));
        if (!result.ok()) {
            throw HostException.of(script(unit) + " " + verb, result);
        }
    }

    private boolean isThere(String unit) throws HostException {
        try {
            return Files.isExecutable(files.resolve(script(unit)));
        } catch (IOException e) {
            throw new HostException("service name '" + unit + "' cannot be looked up", e);
        }
    }

    /** By the process id that its script or program wrote where most do. */
    private String instance(String unit) throws HostException {
        try {
            for (String file :
                    List.of("/run/" + name(unit) + ".pid", "/run/" + name(unit) + "/" + name(unit) + ".pid")) {
                Optional<String> pid = files.read(file);
                if (pid.isPresent()) {
                    return pid.get().strip();
                }
            }
            return "";
        } catch (IOException e) {
            throw new HostException("the process of service " + unit + " cannot be looked up", e);
        }
    }

    private boolean startsAtBoot(String unit) throws HostException {
        try {
            for (int level = 2; level <= 5; level++) {
                Path dir = files.resolve("/etc/rc" + level + ".d");
                if (Files.isDirectory(dir) && hasStartLink(dir, name(unit))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new HostException("the run levels of service " + unit + " cannot be read", e);
        }
    }

    private static boolean hasStartLink(Path dir, String name) throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(dir, "S[0-9][0-9]*")) {
            for (Path link : links) {
                Path file = link.getFileName();
                if (file != null && file.toString().substring(3).equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String script(String unit) {
        return "/etc/init.d/" + name(unit);
    }

    private static String name(String unit) {
        return unit.endsWith(".service") ? unit.substring(0, unit.length() - ".service".length()) : unit;
    }
}
