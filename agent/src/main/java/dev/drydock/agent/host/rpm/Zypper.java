package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** zypper: never asking; what it answers is read as XML, what it does is told to people as text. Repositories are read by {@link #refresh} alone. */
final class Zypper implements RpmTool {
    /** Names of packages that are there for the sake of others; zypper has no command that changes it. */
    private static final String AUTO_INSTALLED = "/var/lib/zypp/AutoInstalled";

    private static final List<String> OPTIONS = List.of("--non-interactive", "--no-refresh");
    private static final List<String> XML = List.of("--xmlout");
    /** "A reboot is needed" and "zypper itself was updated": done all the same. */
    private static final Set<Integer> DONE = Set.of(0, 102, 103);

    private final Commands commands;
    private final HostFiles files;

    Zypper(Commands commands, HostFiles files) {
        this.commands = commands;
        this.files = files;
    }

    @Override
    public String name() {
        return "zypper";
    }

    @Override
    public List<Offer> offers(boolean alsoHeld, Job job) throws HostException, InterruptedException {
        // With --all also those that are locked or that something else is in the way of.
        List<String> arguments = new ArrayList<>(List.of("list-updates", "--type", "package"));
        if (alsoHeld) {
            arguments.add("--all");
        }
        return ZypperXml.offers(require(arguments, job));
    }

    @Override
    public Set<String> security(Job job) throws HostException, InterruptedException {
        List<String> patches =
                ZypperXml.neededPatches(require(List.of("list-patches", "--category", "security"), job), "security");
        if (patches.isEmpty()) {
            return Set.of();
        }
        List<String> arguments = new ArrayList<>(List.of("info", "--type", "patch"));
        arguments.addAll(patches);
        return ZypperXml.patchedPackages(require(arguments, job));
    }

    @Override
    public RpmPlan updateAll(Job job) throws HostException, InterruptedException {
        return ZypperXml.plan(simulate(List.of(), List.of("update", "--dry-run"), job));
    }

    @Override
    public String argument(PackageId id, String version) {
        return Nevra.equation(id, version);
    }

    @Override
    public RpmPlan install(List<String> wanted, Job job) throws HostException, InterruptedException {
        return ZypperXml.plan(simulate(List.of(), installing(wanted, true), job));
    }

    private static List<String> installing(List<String> wanted, boolean simulate) {
        List<String> arguments = new ArrayList<>(List.of("install", "--oldpackage"));
        if (simulate) {
            arguments.add("--dry-run");
        }
        arguments.addAll(wanted);
        return arguments;
    }

    @Override
    public RpmPlan installFiles(List<PackageFile> packages, Files where, Job job)
            throws HostException, InterruptedException {
        List<String> arguments =
                installing(packages.stream().map(p -> where.inside(p.file())).toList(), true);
        arguments.add(1, "--allow-unsigned-rpm");
        return ZypperXml.plan(simulate(apart(where), arguments, job));
    }

    @Override
    public Commands.Result commit(List<PackageFile> packages, Files where, Job job)
            throws HostException, InterruptedException {
        List<String> arguments =
                installing(packages.stream().map(p -> where.inside(p.file())).toList(), false);
        arguments.addAll(1, List.of("--allow-unsigned-rpm", "--auto-agree-with-licenses"));
        Commands.Result result = run(apart(where), arguments, job);
        boolean done = !result.timedOut() && DONE.contains(result.exitCode());
        return done ? new Commands.Result(0, false, result.stdout(), result.tail()) : result;
    }

    /** Without repositories, and away from the caches: zypper clears those of repositories that it does not see. */
    private static List<String> apart(Files where) {
        return List.of(
                "--reposd-dir",
                where.scratch() + "/repos.d",
                "--cache-dir",
                where.scratch() + "/cache",
                "--no-gpg-checks");
    }

    private String simulate(List<String> options, List<String> arguments, Job job)
            throws HostException, InterruptedException {
        List<String> all = new ArrayList<>(XML);
        all.addAll(options);
        Commands.Result result = run(all, arguments, job.silent());
        if (result.timedOut()) {
            throw HostException.of("the simulation by zypper", result);
        }
        if (!DONE.contains(result.exitCode())) {
            throw new HostException("zypper cannot do this: " + ZypperXml.errors(result.stdout()));
        }
        return result.stdout();
    }

    @Override
    public Sizes sizes(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        List<String> wanted =
                changes.stream().map(c -> Nevra.equation(c.id(), c.to())).toList();
        return ZypperXml.sizes(simulate(List.of(), installing(wanted, true), job));
    }

    @Override
    public Commands.Result refresh(Job job) throws HostException, InterruptedException {
        return job.run(commands, Map.of(), List.of("zypper", "--non-interactive", "refresh"));
    }

    /** Through the installing command, since that checks signatures as the repositories demand. */
    @Override
    public Commands.Result download(List<Wanted> wanted, String into, Job job)
            throws HostException, InterruptedException {
        Commands.Result last = new Commands.Result(0, false, "", "");
        for (boolean installed : new boolean[] {false, true}) {
            List<String> equations = wanted.stream()
                    .filter(w -> w.installed() == installed)
                    .map(w -> Nevra.equation(w.id(), w.version()))
                    .toList();
            if (!equations.isEmpty()) {
                List<String> arguments = installing(equations, false);
                arguments.addAll(1, List.of("--download-only", "--auto-agree-with-licenses"));
                if (installed) {
                    arguments.add(1, "--force");
                }
                last = run(List.of("--pkg-cache-dir", into), arguments, job);
                if (last.timedOut() || !DONE.contains(last.exitCode())) {
                    return last;
                }
            }
        }
        return new Commands.Result(0, false, last.stdout(), last.tail());
    }

    @Override
    public Set<PackageId> automatic(Collection<PackageId> packages, Job job)
            throws HostException, InterruptedException {
        Set<String> names = new TreeSet<>(autoInstalled());
        return packages.stream().filter(id -> names.contains(id.name())).collect(Collectors.toSet());
    }

    @Override
    public void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job)
            throws HostException, InterruptedException {
        List<String> before = autoInstalled();
        List<String> lines = new ArrayList<>(before);
        for (PackageId id : packages) {
            lines.removeIf(line -> line.equals(id.name()));
            if (automatic) {
                lines.add(id.name());
            }
        }
        if (!Set.copyOf(lines).equals(Set.copyOf(before))) {
            Durable.write(files, AUTO_INSTALLED, String.join("\n", lines) + "\n");
        }
    }

    /** Also comments and what is not a package: a line of the file each. */
    private List<String> autoInstalled() throws HostException {
        try {
            return files.read(AUTO_INSTALLED).orElse("").lines().toList();
        } catch (IOException e) {
            throw new HostException(AUTO_INSTALLED + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> cutOff(Job job) {
        // zypper keeps no account of what it has begun.
        return List.of();
    }

    @Override
    public void acknowledge(Job job) {
        // Nothing is told, so there is nothing to acknowledge.
    }

    @Override
    public List<String> pidFiles() {
        return List.of("/run/zypp.pid");
    }

    @Override
    public List<String> caches() {
        return List.of("/var/cache/zypp/packages");
    }

    @Override
    public List<String> inputs() {
        return List.of(
                "/etc/zypp/zypp.conf", "/etc/zypp/locks", "/etc/zypp/repos.d", "/etc/zypp/repos.d/*", AUTO_INSTALLED);
    }

    @Override
    public List<String> lists() {
        return List.of("/var/cache/zypp/raw/*/repodata/repomd.xml");
    }

    private String require(List<String> arguments, Job job) throws HostException, InterruptedException {
        Commands.Result result = run(XML, arguments, job.silent());
        if (!result.ok()) {
            throw HostException.of(
                    "zypper " + String.join(" ", arguments), result, false, ZypperXml.errors(result.stdout()));
        }
        return result.stdout();
    }

    private Commands.Result run(List<String> options, List<String> arguments, Job job)
            throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("zypper"));
        argv.addAll(OPTIONS);
        argv.addAll(options);
        argv.addAll(arguments);
        return job.run(commands, Map.of(), argv);
    }
}
