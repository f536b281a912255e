package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** rpm itself: its database and package files. Changes nothing unless a method says so; those that ask are thread-safe. */
final class Rpm {
    /** By these their makers say that a package may be there in several versions at once. */
    private static final List<String> SIDE_BY_SIDE =
            List.of("installonlypkg(kernel)", "installonlypkg(kernel-module)", "multiversion(kernel)", "kernel");

    /** Those for which {@code needs-restarting -r} wants a reboot. */
    private static final List<String> OF_THE_BOOT = List.of(
            "kernel",
            "kernel-core",
            "kernel-rt",
            "glibc",
            "linux-firmware",
            "microcode_ctl",
            "systemd",
            "dbus",
            "dbus-broker",
            "dbus-daemon");
    /** By this packages of the SUSE family want one, as {@code zypper needs-rebooting} knows. */
    private static final String WANTS_REBOOT = "installhint(reboot-needed)";

    private final Commands commands;

    Rpm(Commands commands) {
        this.commands = commands;
    }

    /** One state of the database, with what else is needed to read it. */
    record Database(List<RpmListing.Row> rows, Set<String> sideBySide) {
        List<InstalledPackage> installed() {
            return RpmListing.installed(rows, sideBySide);
        }

        /** Those of a package; several only where an upgrade was cut off. */
        List<RpmListing.Row> rows(PackageId id) {
            return rows.stream().filter(r -> r.id(sideBySide).equals(id)).toList();
        }

        List<String> names() {
            return rows.stream().map(RpmListing.Row::name).distinct().toList();
        }
    }

    Database database(Job job) throws HostException, InterruptedException {
        return new Database(
                RpmListing.parse(require(List.of("rpm", "-qa", "--qf", RpmListing.FORMAT), job)),
                sideBySide(List.of(), job));
    }

    /** Names of packages, of the database or of files, of which several versions may be there at once. */
    Set<String> sideBySide(List<String> files, Job job) throws HostException, InterruptedException {
        Set<String> names = new TreeSet<>();
        if (files.isEmpty()) {
            List<String> argv = new ArrayList<>(List.of("rpm", "-q", "--qf", "%{NAME}\\n", "--whatprovides"));
            argv.addAll(SIDE_BY_SIDE);
            // What nobody provides is a failure to rpm, with a sentence on standard output.
            answer(argv, job).stdout().lines().filter(l -> !l.contains(" ")).forEach(names::add);
            return names;
        }
        List<String> argv =
                new ArrayList<>(List.of("rpm", "-qp", "--nosignature", "--qf", "[%{=NAME}\\t%{PROVIDENAME}\\n]"));
        argv.addAll(files);
        for (String line : require(argv, job).lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 2 && SIDE_BY_SIDE.contains(fields[1])) {
                names.add(fields[0]);
            }
        }
        return names;
    }

    /** The newest of each. */
    Map<String, Instant> neededByBoot(Job job) throws HostException, InterruptedException {
        String format = "%{NAME}\\t%{INSTALLTIME}\\n";
        List<String> named = new ArrayList<>(List.of("rpm", "-q", "--qf", format));
        named.addAll(OF_THE_BOOT);
        List<String> hinted = List.of("rpm", "-q", "--qf", format, "--whatprovides", WANTS_REBOOT);
        // What is not installed is a failure to rpm, with a sentence on standard output.
        return installTimes(answer(named, job).stdout() + answer(hinted, job).stdout());
    }

    static Map<String, Instant> installTimes(String output) {
        Map<String, Instant> newest = new TreeMap<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 2 && fields[1].matches("\\d{1,12}")) {
                newest.merge(
                        fields[0], Instant.ofEpochSecond(Long.parseLong(fields[1])), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return newest;
    }

    /** @param files as programs see them */
    List<RpmListing.Row> describe(List<String> files, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("rpm", "-qp", "--nosignature", "--qf", RpmListing.FORMAT));
        argv.addAll(files);
        return RpmListing.parse(require(argv, job));
    }

    /** Reads files to their end and compares the checksums in them; signatures are the repositories' matter. */
    void requireWhole(List<String> files, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("rpmkeys", "--checksig", "--nosignature"));
        argv.addAll(files);
        require(argv, job);
    }

    /** A line for each file that is missing or differs, dates apart: they tell nothing that checksums do not. */
    String verify(Collection<String> nevras, Job job) throws HostException, InterruptedException {
        if (nevras.isEmpty()) {
            return "";
        }
        List<String> argv = new ArrayList<>(List.of("rpm", "-V", "--nodeps", "--noscripts", "--nomtime"));
        argv.addAll(nevras.stream().sorted().toList());
        // Files that differ are a failure to rpm -V; here they are the answer.
        return answer(argv, job).stdout().lines().sorted().collect(Collectors.joining("\n"));
    }

    /** The same of all packages. Takes minutes: it reads every file. */
    String verifyAll(Job job) throws HostException, InterruptedException {
        List<String> argv = List.of("rpm", "-Va", "--nodeps", "--noscripts", "--nomtime");
        return answer(argv, job).stdout().lines().sorted().collect(Collectors.joining("\n"));
    }

    /** Dependencies that do not hold, and packages that are there twice. */
    List<String> unsound(Database database, Job job) throws HostException, InterruptedException {
        List<String> argv = List.of("rpm", "-Va", "--nofiles", "--noscripts", "--nodigest", "--nosignature");
        List<String> all = new ArrayList<>(unsatisfied(answer(argv, job).stdout()));
        database.installed().stream()
                .filter(p -> !p.healthy())
                .map(p -> p.id().name() + " is there twice: " + p.version())
                .forEach(all::add);
        return all;
    }

    /** From {@code rpm -Va --nofiles}: each package that wants something, with what it wants. */
    static List<String> unsatisfied(String output) {
        return output.lines()
                .filter(line -> line.startsWith("\t") && line.contains(" is needed by "))
                .map(String::strip)
                .distinct()
                .toList();
    }

    /** @param verb {@code -qc} for configuration files, {@code -ql} for all */
    Set<String> paths(String verb, Collection<String> nevras, Job job) throws HostException, InterruptedException {
        return nevras.isEmpty() ? Set.of() : paths(List.of("rpm", verb), nevras, job);
    }

    /** The same of package files. */
    Set<String> pathsOfFiles(String verb, Collection<String> files, Job job)
            throws HostException, InterruptedException {
        return files.isEmpty() ? Set.of() : paths(List.of("rpm", verb, "--nosignature", "-p"), files, job);
    }

    private Set<String> paths(List<String> command, Collection<String> of, Job job)
            throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(of);
        return require(argv, job).lines().filter(l -> l.startsWith("/")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which of these paths no package owns. */
    Set<String> unowned(Collection<String> paths, Job job) throws HostException, InterruptedException {
        Set<String> unowned = new TreeSet<>();
        for (String path : paths) {
            if (!answer(List.of("rpm", "-qf", path), job).ok()) {
                unowned.add(path);
            }
        }
        return unowned;
    }

    String databasePath(Job job) throws HostException, InterruptedException {
        return require(List.of("rpm", "-E", "%{_dbpath}"), job).strip();
    }

    /** A question whose answer may be a failure to rpm. */
    private Commands.Result answer(List<String> argv, Job job) throws HostException, InterruptedException {
        Commands.Result result = run(argv, job.silent());
        if (result.timedOut()) {
            throw HostException.of(String.join(" ", argv), result);
        }
        return result;
    }

    String require(List<String> argv, Job job) throws HostException, InterruptedException {
        return job.silent().require(commands, Map.of(), argv);
    }

    /** Whatever rpm is told to do. */
    Commands.Result run(List<String> argv, Job job) throws HostException, InterruptedException {
        return job.run(commands, Map.of(), argv);
    }
}
