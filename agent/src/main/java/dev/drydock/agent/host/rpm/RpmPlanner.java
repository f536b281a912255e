package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.agent.host.packages.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out, by the tool's own resolver and advisories, what is on offer and what a selection would change. Changes nothing. */
final class RpmPlanner {
    private static final String ANY = "noarch";

    private final Rpm rpm;
    private final RpmTool tool;

    RpmPlanner(Rpm rpm, RpmTool tool) {
        this.rpm = rpm;
        this.tool = tool;
    }

    List<PackageChange> pending(Job job) throws HostException, InterruptedException {
        return List.copyOf(offers(rpm.database(job), job).values());
    }

    Transaction resolve(Selection selection, Job job) throws HostException, InterruptedException {
        Rpm.Database database = rpm.database(job);
        Map<PackageId, PackageChange> offers = offers(database, job);
        Set<String> held = new TreeSet<>();
        offers.values().forEach(o -> held.add(name(o)));
        tool.offers(false, job).forEach(o -> held.remove(o.name()));
        return selection.scope() == Selection.Scope.NAMED
                ? named(selection, database, offers, held, job)
                : updates(selection, database, offers, held, job);
    }

    private Map<PackageId, PackageChange> offers(Rpm.Database database, Job job)
            throws HostException, InterruptedException {
        Set<String> security = tool.security(job);
        Map<PackageId, PackageChange> offers = new TreeMap<>();
        for (RpmTool.Offer offer : tool.offers(true, job)) {
            boolean beside = database.sideBySide().contains(offer.name());
            PackageId id = beside
                    ? Nevra.sideBySide(offer.name(), offer.version(), offer.arch())
                    : new PackageId(offer.name(), offer.arch());
            List<RpmListing.Row> rows = database.rows(id);
            if (beside ? rows.isEmpty() : rows.size() == 1) {
                String from = beside ? "" : rows.getFirst().version();
                offers.put(
                        id,
                        new PackageChange(id, from, offer.version(), security.contains(offer.name()), offer.origin()));
            }
        }
        return offers;
    }

    private Transaction updates(
            Selection selection, Rpm.Database database, Map<PackageId, PackageChange> offers, Set<String> held, Job job)
            throws HostException, InterruptedException {
        // What the tool updates without removing anything; packages on hold are not in it.
        Set<PackageId> possible = new HashSet<>();
        if (!offers.isEmpty()) {
            tool.updateAll(job).installs().forEach(i -> possible.add(i.id(database.sideBySide())));
        }
        List<String> wanted = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (PackageChange offer : offers.values()) {
            boolean inScope = selection.scope() == Selection.Scope.ALL || offer.security();
            if (!inScope || selection.excludes(name(offer))) {
                continue;
            }
            if (held.contains(name(offer)) || !possible.contains(offer.id())) {
                left.add(name(offer));
            } else {
                wanted.add(tool.argument(offer.id(), offer.to()));
            }
        }
        if (wanted.isEmpty()) {
            return new Transaction(List.of(), left);
        }
        return new Transaction(changes(tool.install(wanted, job), selection, database, offers), left);
    }

    private Transaction named(
            Selection selection, Rpm.Database database, Map<PackageId, PackageChange> offers, Set<String> held, Job job)
            throws HostException, InterruptedException {
        for (String wanted : selection.packages()) {
            String name = wanted.split("=", 2)[0];
            if (held.contains(name)) {
                throw new HostException(
                        "package " + name + " is on hold; release it in the locks or exclusions of " + tool.name());
            }
        }
        return new Transaction(
                changes(tool.install(selection.packages(), job), selection, database, offers), List.of());
    }

    private List<PackageChange> changes(
            RpmPlan plan, Selection selection, Rpm.Database database, Map<PackageId, PackageChange> offers)
            throws HostException {
        if (!plan.removals().isEmpty()) {
            throw new HostException("this would remove or replace " + String.join(", ", plan.removals())
                    + "; packages are never removed by an update, so it is refused");
        }
        Map<PackageId, PackageChange> changes = new TreeMap<>();
        for (RpmPlan.Install install : plan.installs()) {
            PackageId id = install.id(database.sideBySide());
            if (selection.excludes(install.name())) {
                throw new HostException("package " + install.name() + " is excluded, but the others need it at "
                        + install.version() + "; exclude those too or no longer exclude it");
            }
            List<RpmListing.Row> rows = database.rows(id);
            String from = rows.isEmpty() ? "" : rows.getFirst().version();
            requireSameArchitecture(install, from, database);
            if (from.isEmpty() && install.replacing()) {
                throw new HostException("package " + install.name()
                        + " is one of those that are there in several versions," + " but " + tool.name()
                        + " would replace it; have its configuration allow several, or exclude it");
            }
            PackageChange offer = offers.get(id);
            if (!from.equals(install.version())) {
                changes.put(
                        id,
                        new PackageChange(
                                id,
                                from,
                                install.version(),
                                offer != null && offer.security(),
                                offer == null ? "" : offer.origin()));
            }
        }
        return List.copyOf(changes.values());
    }

    /** One for all architectures and one for this take each other's place, which is no change of one package. */
    private static void requireSameArchitecture(RpmPlan.Install install, String from, Rpm.Database database)
            throws HostException {
        boolean replaces = from.isEmpty()
                && database.rows().stream()
                        .anyMatch(r -> r.name().equals(install.name())
                                && !r.arch().equals(install.arch())
                                && (r.arch().equals(ANY) || install.arch().equals(ANY)));
        if (replaces) {
            throw new HostException("package " + install.name() + " would change its architecture to " + install.arch()
                    + "; do that by hand");
        }
    }

    private static String name(PackageChange change) {
        return Nevra.plainName(change.id(), change.to());
    }
}
