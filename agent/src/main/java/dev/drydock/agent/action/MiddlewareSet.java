package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.agent.middleware.Instance;
import dev.drydock.agent.middleware.MiddlewareFinder;
import dev.drydock.agent.middleware.MiddlewareLibrary;
import dev.drydock.agent.middleware.Versions;
import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.middleware.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of the middleware on a host an update is about.
 *
 * @param wanted those that were asked for and are installed, in the order in which their services start
 * @param with those whose services serve by them, in that order
 */
record MiddlewareSet(List<Instance> wanted, List<Instance> with) {
    MiddlewareSet {
        wanted = List.copyOf(wanted);
        with = List.copyOf(with);
    }

    static MiddlewareSet find(ManagedHost host, PackageManager manager, MiddlewareArgs args, Job job)
            throws HostException, IOException, InterruptedException {
        Map<String, Profile> profiles = new MiddlewareLibrary(host.files()).profiles();
        for (String name : args.of()) {
            if (!profiles.containsKey(name)) {
                throw new IllegalArgumentException("argument 'of' names " + name + ", which is no middleware known here"
                        + Nearest.to(name, profiles.keySet())
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse("; known are " + String.join(", ", profiles.keySet())));
            }
        }
        List<Instance> wanted = new ArrayList<>();
        List<Instance> others = new ArrayList<>();
        for (Instance instance : MiddlewareFinder.find(profiles.values(), manager.installed(job), manager.name())) {
            (args.of().contains(instance.profile().name()) ? wanted : others).add(instance);
        }
        Set<String> movesWith = new TreeSet<>();
        wanted.forEach(instance -> movesWith.addAll(instance.profile().movesWith()));
        return new MiddlewareSet(
                wanted,
                others.stream()
                        .filter(other -> movesWith.contains(other.profile().name()))
                        .toList());
    }

    /** Its packages with an update on offer; by the lists as they are. */
    Selection selection(PackageManager manager, MiddlewareArgs args, Job job)
            throws HostException, InterruptedException {
        Set<String> names = new TreeSet<>();
        Selection all = new Selection(Selection.Scope.NAMED, List.of(), args.exclude());
        manager.pending(job).stream()
                .map(offer -> offer.id().name())
                .filter(name -> !all.excludes(name))
                .filter(name -> wanted.stream().anyMatch(instance -> instance.owns(name)))
                .forEach(names::add);
        return new Selection(Selection.Scope.NAMED, List.copyOf(names), args.exclude());
    }

    /** Those of the wanted that a change concerns. */
    List<Instance> touchedBy(List<PackageChange> changes) {
        return wanted.stream()
                .filter(instance -> changes.stream()
                        .anyMatch(change -> instance.owns(change.id().name())))
                .toList();
    }

    /** {@code mariadb from 10.11 to 11.4}, for each that leaves its series. */
    List<String> majors(List<PackageChange> changes) {
        List<String> majors = new ArrayList<>();
        for (Instance instance : wanted) {
            int parts = instance.profile().seriesParts();
            changes.stream()
                    .filter(change ->
                            change.id().name().equals(instance.variant().product()) && !change.isNew())
                    .filter(change ->
                            !Versions.series(change.from(), parts).equals(Versions.series(change.to(), parts)))
                    .forEach(change -> majors.add(instance.profile().name() + " from "
                            + Versions.series(change.from(), parts) + " to " + Versions.series(change.to(), parts)));
        }
        return majors;
    }
}
