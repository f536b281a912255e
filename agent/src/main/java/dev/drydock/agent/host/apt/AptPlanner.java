package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.LastAnswer;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.agent.host.packages.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds out, by apt's own resolver and policy, what is on offer and what a selection would change. Changes nothing. */
final class AptPlanner {
    private final Apt apt;
    private final Dpkg dpkg;
    private final AptInputs inputs;
    private final LastAnswer<List<InstalledPackage>, Map<PackageId, PackageChange>> offered = new LastAnswer<>();

    AptPlanner(Apt apt, Dpkg dpkg, AptInputs inputs) {
        this.apt = apt;
        this.dpkg = dpkg;
        this.inputs = inputs;
    }

    List<PackageChange> pending(Job job) throws HostException, InterruptedException {
        return List.copyOf(offers(dpkg.present(job), job).values());
    }

    Transaction resolve(Selection selection, Job job) throws HostException, InterruptedException {
        List<InstalledPackage> present = dpkg.present(job);
        Map<PackageId, PackageChange> offers = offers(present, job);
        Set<String> held = present.stream()
                .filter(DpkgListing::isHeld)
                .map(p -> p.id().name())
                .collect(Collectors.toSet());
        return selection.scope() == Selection.Scope.NAMED
                ? named(selection, offers, held, present, job)
                : updates(selection, offers, held, present, job);
    }

    /** Versions that some archive still has, by package. */
    Map<PackageId, AptPolicy.Entry> policy(List<PackageId> ids, Job job) throws HostException, InterruptedException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        String arch = dpkg.nativeArch(job);
        Map<String, PackageId> byArgument = new HashMap<>();
        List<String> arguments = new ArrayList<>(List.of("policy"));
        for (PackageId id : ids) {
            String argument = id.arch().equals(arch) || id.arch().equals("all") ? id.name() : id.toString();
            byArgument.put(argument, id);
            arguments.add(argument);
        }
        Map<PackageId, AptPolicy.Entry> found = new HashMap<>();
        AptPolicy.entries(apt.cache(arguments, job)).forEach((name, entry) -> {
            PackageId id = byArgument.get(name);
            if (id != null) {
                found.put(id, entry);
            }
        });
        return found;
    }

    private Map<PackageId, PackageChange> offers(List<InstalledPackage> present, Job job)
            throws HostException, InterruptedException {
        return offered.to(present, inputs.fingerprint(), of -> askForOffers(of, job));
    }

    private Map<PackageId, PackageChange> askForOffers(List<InstalledPackage> present, Job job)
            throws HostException, InterruptedException {
        Map<String, AptPolicy.Release> releases = AptPolicy.releases(apt.cache(List.of("policy"), job));
        Map<PackageId, PackageChange> offers = new TreeMap<>();
        policy(present.stream().map(InstalledPackage::id).toList(), job).forEach((id, entry) -> {
            if (entry.isUpgradable()) {
                offers.put(
                        id,
                        new PackageChange(
                                id,
                                entry.installed(),
                                entry.candidate(),
                                entry.isSecurity(releases),
                                entry.origin(releases)));
            }
        });
        return Collections.unmodifiableMap(offers);
    }

    private Transaction updates(
            Selection selection,
            Map<PackageId, PackageChange> offers,
            Set<String> held,
            List<InstalledPackage> present,
            Job job)
            throws HostException, InterruptedException {
        // What apt upgrades without removing anything; packages on hold are not in it.
        AptSimulation all = apt.simulate(List.of("--with-new-pkgs"), "upgrade", List.of(), job);
        Set<PackageId> possible = new HashSet<>();
        Set<PackageId> beyond = new HashSet<>();
        for (AptSimulation.Install install : all.installs()) {
            possible.add(install.id());
            if (!install.from().isEmpty()) {
                beyond.add(install.id());
            }
        }
        List<String> wanted = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (PackageChange offer : offers.values()) {
            boolean inScope = selection.scope() == Selection.Scope.ALL || offer.security();
            if (!inScope || selection.excludes(offer.id().name())) {
                continue;
            }
            if (held.contains(offer.id().name()) || !possible.contains(offer.id())) {
                left.add(offer.id().name());
            } else {
                wanted.add(Versions.argument(offer));
                beyond.remove(offer.id());
            }
        }
        if (wanted.isEmpty()) {
            return new Transaction(List.of(), left);
        }
        // Where all that can be upgraded is wanted, that is the plan already; a resolver takes its time.
        AptSimulation plan = beyond.isEmpty() ? all : apt.simulate(List.of("--only-upgrade"), "install", wanted, job);
        return new Transaction(changes(plan, selection, offers, present), left);
    }

    private Transaction named(
            Selection selection,
            Map<PackageId, PackageChange> offers,
            Set<String> held,
            List<InstalledPackage> present,
            Job job)
            throws HostException, InterruptedException {
        boolean versions = false;
        for (String wanted : selection.packages()) {
            String name = wanted.split("[=:]", 2)[0];
            if (held.contains(name)) {
                throw new HostException("package " + name + " is on hold; release it with apt-mark unhold " + name);
            }
            versions |= wanted.indexOf('=') >= 0;
        }
        AptSimulation plan = apt.simulate(
                versions ? List.of("--allow-downgrades") : List.of(), "install", selection.packages(), job);
        return new Transaction(changes(plan, selection, offers, present), List.of());
    }

    private static List<PackageChange> changes(
            AptSimulation plan,
            Selection selection,
            Map<PackageId, PackageChange> offers,
            List<InstalledPackage> present)
            throws HostException {
        if (!plan.removals().isEmpty()) {
            throw new HostException("this would remove " + String.join(", ", plan.removals())
                    + "; packages are never removed by an update, so it is refused");
        }
        Set<PackageId> installed = new HashSet<>();
        present.forEach(p -> installed.add(p.id()));
        Map<PackageId, PackageChange> changes = new TreeMap<>();
        for (AptSimulation.Install install : plan.installs()) {
            PackageId id = install.id();
            if (selection.excludes(id.name())) {
                throw new HostException("package " + id.name() + " is excluded, but the others need it at "
                        + install.to() + "; exclude those too or no longer exclude it");
            }
            if (!install.from().isEmpty() && !installed.contains(id)) {
                throw new HostException("package " + id.name() + " would change its architecture to " + id.arch()
                        + "; do that by hand");
            }
            PackageChange offer = offers.get(id);
            boolean security = offer != null && offer.security();
            changes.put(id, new PackageChange(id, install.from(), install.to(), security, install.origin()));
        }
        return List.copyOf(changes.values());
    }
}
