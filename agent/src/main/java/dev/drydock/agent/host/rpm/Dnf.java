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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** dnf, version 4: without a terminal, never removing what nobody asked for, kernels never fewer for a new one. */
final class Dnf implements RpmTool {
    /** Of the transaction that was cut off and mended since: dnf itself never forgets it. */
    private static final String MENDED = "/var/lib/drydock-dnf-mended";

    private static final List<String> OPTIONS = List.of(
            "--color=never",
            "--setopt=clean_requirements_on_remove=0",
            "--setopt=installonly_limit=0",
            "--setopt=exit_on_lock=0");
    private static final List<String> LISTS_AS_THEY_ARE = List.of("-C");
    private static final List<String> NO_REPOSITORY = List.of("-C", "--disablerepo=*");
    private static final List<String> ALSO_HELD = List.of("--disableexcludes=all", "--disableplugin=versionlock");

    private final Commands commands;
    private final HostFiles files;

    Dnf(Commands commands, HostFiles files) {
        this.commands = commands;
        this.files = files;
    }

    @Override
    public String name() {
        return "dnf";
    }

    @Override
    public List<Offer> offers(boolean alsoHeld, Job job) throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-q"));
        arguments.addAll(LISTS_AS_THEY_ARE);
        arguments.addAll(alsoHeld ? ALSO_HELD : List.of());
        arguments.addAll(List.of("repoquery", "--upgrades", "--latest-limit=1", "--qf", DnfOutput.OFFERS));
        return DnfOutput.offers(require(arguments, job));
    }

    @Override
    public Set<String> security(Job job) throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-q"));
        arguments.addAll(LISTS_AS_THEY_ARE);
        arguments.addAll(ALSO_HELD);
        arguments.addAll(List.of("updateinfo", "list", "--security"));
        return DnfOutput.security(require(arguments, job));
    }

    @Override
    public RpmPlan updateAll(Job job) throws HostException, InterruptedException {
        return simulate(LISTS_AS_THEY_ARE, List.of("--nobest", "upgrade"), job);
    }

    @Override
    public String argument(PackageId id, String version) {
        return Nevra.of(id, version);
    }

    @Override
    public RpmPlan install(List<String> wanted, Job job) throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--best", "install"));
        wanted.forEach(w -> arguments.add(w.replace('=', '-')));
        return simulate(LISTS_AS_THEY_ARE, arguments, job);
    }

    @Override
    public RpmPlan installFiles(List<PackageFile> packages, Files where, Job job)
            throws HostException, InterruptedException {
        return simulate(NO_REPOSITORY, installing(packages, where), job);
    }

    @Override
    public Commands.Result commit(List<PackageFile> packages, Files where, Job job)
            throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(NO_REPOSITORY);
        arguments.add("-y");
        arguments.addAll(installing(packages, where));
        return run(arguments, job);
    }

    private static List<String> installing(List<PackageFile> packages, Files where) {
        List<String> arguments = new ArrayList<>(ALSO_HELD);
        arguments.add("install");
        packages.forEach(p -> arguments.add(where.inside(p.file())));
        return arguments;
    }

    /** Nothing is changed: the answer to whether to go on is no. */
    private RpmPlan simulate(List<String> options, List<String> arguments, Job job)
            throws HostException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--assumeno", "-d", "3"));
        all.addAll(arguments);
        Commands.Result result = run(all, job.silent());
        if (result.timedOut()) {
            throw HostException.of("the simulation by dnf", result);
        }
        if (!result.ok() && !result.tail().contains("Operation aborted.")) {
            throw new HostException("dnf cannot do this: " + DnfOutput.errors(result.tail()));
        }
        return DnfOutput.plan(result.stdout());
    }

    @Override
    public Sizes sizes(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-q"));
        arguments.addAll(LISTS_AS_THEY_ARE);
        arguments.addAll(List.of("repoquery", "--qf", DnfOutput.OFFERS));
        changes.forEach(c -> arguments.add(Nevra.of(c.id(), c.to())));
        return DnfOutput.sizes(changes, require(arguments, job));
    }

    @Override
    public Commands.Result refresh(Job job) throws HostException, InterruptedException {
        return run(List.of("--setopt=*.skip_if_unavailable=False", "--refresh", "makecache"), job);
    }

    /** Through the installing commands, since those check signatures as the repositories demand and {@code download} does not. */
    @Override
    public Commands.Result download(List<Wanted> wanted, String into, Job job)
            throws HostException, InterruptedException {
        Commands.Result last = new Commands.Result(0, false, "", "");
        for (boolean installed : new boolean[] {false, true}) {
            List<String> nevras = wanted.stream()
                    .filter(w -> w.installed() == installed)
                    .map(w -> Nevra.of(w.id(), w.version()))
                    .toList();
            if (!nevras.isEmpty()) {
                List<String> arguments = new ArrayList<>(List.of(
                        "-y",
                        "--setopt=metadata_expire=never",
                        "--setopt=*.metadata_expire=never",
                        "--downloadonly",
                        "--downloaddir=" + into));
                arguments.addAll(ALSO_HELD);
                arguments.add(installed ? "reinstall" : "install");
                arguments.addAll(nevras);
                last = run(arguments, job);
                if (!last.ok()) {
                    return last;
                }
            }
        }
        return last;
    }

    @Override
    public Set<PackageId> automatic(Collection<PackageId> packages, Job job)
            throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-q"));
        arguments.addAll(NO_REPOSITORY);
        arguments.addAll(List.of("repoquery", "--userinstalled", "--qf", "%{name}\\t%{arch}"));
        Set<Map.Entry<String, String>> wished = DnfOutput.pairs(require(arguments, job));
        // Those side by side are there for their own sake.
        Set<String> names = wished.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        return packages.stream()
                .filter(id -> !wished.contains(Map.entry(id.name(), id.arch())))
                .filter(id -> names.stream().noneMatch(n -> id.name().startsWith(n + "-")) || !isSideBySide(id))
                .collect(Collectors.toSet());
    }

    private static boolean isSideBySide(PackageId id) {
        return id.name().matches(".*-\\d[^-]*-[^-]+");
    }

    @Override
    public void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job)
            throws HostException, InterruptedException {
        List<String> some = packages.stream()
                .map(id -> id.name() + "." + id.arch())
                .sorted()
                .toList();
        if (!some.isEmpty()) {
            List<String> arguments = new ArrayList<>(List.of("-q"));
            arguments.addAll(NO_REPOSITORY);
            arguments.addAll(List.of("mark", automatic ? "remove" : "install"));
            arguments.addAll(some);
            require(arguments, job);
        }
    }

    @Override
    public List<String> cutOff(Job job) throws HostException, InterruptedException {
        Optional<String> transaction = lastCutOff(job);
        try {
            return transaction.isEmpty()
                            || transaction.equals(files.read(MENDED).map(String::strip))
                    ? List.of()
                    : List.of("(dnf was interrupted in its transaction " + transaction.get() + ")");
        } catch (IOException e) {
            throw new HostException(MENDED + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<String> lastCutOff(Job job) throws HostException, InterruptedException {
        List<String> arguments = new ArrayList<>(NO_REPOSITORY);
        arguments.addAll(List.of("history", "info", "last"));
        // Without any transaction yet it is a failure to dnf, and none to us.
        return DnfOutput.cutOff(run(arguments, job.silent()).stdout());
    }

    @Override
    public void acknowledge(Job job) throws HostException, InterruptedException {
        Optional<String> transaction = lastCutOff(job);
        if (transaction.isPresent()) {
            Durable.write(files, MENDED, transaction.get() + "\n");
        }
    }

    @Override
    public List<String> pidFiles() {
        return List.of(
                "/var/cache/dnf/metadata_lock.pid",
                "/var/cache/dnf/download_lock.pid",
                "/var/lib/dnf/rpmdb_lock.pid",
                "/var/run/dnf.pid");
    }

    @Override
    public List<String> caches() {
        return List.of("/var/cache/dnf");
    }

    @Override
    public List<String> inputs() {
        return List.of(
                "/etc/dnf/dnf.conf",
                "/etc/dnf/vars",
                "/etc/dnf/plugins",
                "/etc/dnf/plugins/*",
                "/etc/yum.repos.d",
                "/etc/yum.repos.d/*",
                "/var/lib/dnf/history.sqlite");
    }

    @Override
    public List<String> lists() {
        return List.of("/var/cache/dnf/*/repodata/repomd.xml");
    }

    private String require(List<String> arguments, Job job) throws HostException, InterruptedException {
        Commands.Result result = run(arguments, job.silent());
        if (!result.ok()) {
            throw HostException.of(
                    "dnf " + String.join(" ", arguments), result, false, DnfOutput.errors(result.tail()));
        }
        return result.stdout();
    }

    private Commands.Result run(List<String> arguments, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("dnf"));
        argv.addAll(OPTIONS);
        argv.addAll(arguments);
        return job.run(commands, Map.of(), argv);
    }
}
