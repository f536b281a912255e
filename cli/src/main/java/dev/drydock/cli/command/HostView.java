package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.facts.v1.Backup;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.Site;
import dev.drydock.proto.v1.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How hosts look to people. */
final class HostView {
    private static final Duration SKEW_WORTH_A_WORD = Duration.ofSeconds(5);

    private HostView() {}

    static Cell state(Host host) {
        if (host.getRevoked()) {
            return new Cell("✖ revoked", Style.BAD);
        }
        if (host.getCloned()) {
            return new Cell("✖ cloned", Style.BAD);
        }
        if (host.getDrained()) {
            return new Cell(host.getOnline() ? "! drained" : "! drained, offline", Style.WARN);
        }
        return host.getOnline() ? new Cell("✔ online", Style.GOOD) : new Cell("· offline", Style.DIM);
    }

    static String system(dev.drydock.proto.facts.v1.Host facts) {
        return facts.getOs().getPrettyName().isEmpty()
                ? (facts.getOs().getId() + " " + facts.getOs().getVersion()).strip()
                : facts.getOs().getPrettyName();
    }

    static Cell security(dev.drydock.proto.facts.v1.Host facts) {
        int count = facts.getPackages().getPendingSecurity();
        return count == 0 ? Cell.of("0") : new Cell(Integer.toString(count), Style.WARN);
    }

    static List<String> details(Host host, Output output) {
        var facts = host.getFacts();
        Times times = output.times();
        Table table = Table.plain();
        table.row("name", facts.getName());
        table.row("id", facts.getId());
        table.row(Cell.of("state"), state(host));
        table.row("last seen", times.atAndRelative(host.getLastSeen()));
        table.row("labels", orDash(Pairs.text(facts.getLabelsMap())));
        table.row("system", orDash(system(facts)));
        table.row("kernel", orDash(facts.getKernel()));
        table.row("booted", times.atAndRelative(facts.getBootedAt()));
        table.row("root", orDash(facts.getRoot()));
        table.row(
                "updates",
                facts.getPackages().getPendingCount() + " pending, "
                        + facts.getPackages().getPendingSecurity() + " of them security");
        table.row("reboot", reboot(facts));
        table.row("agent", orDash(facts.getAgentVersion()));
        table.row("enrolled", times.at(host.getEnrolledAt()));
        table.row("certificate", "expires " + times.atAndRelative(host.getCertificateExpiresAt()));
        Duration skew = Times.duration(host.getClockSkew());
        if (skew.abs().compareTo(SKEW_WORTH_A_WORD) > 0) {
            table.row(
                    Cell.of("clock"),
                    new Cell(
                            Times.rough(skew.abs()) + (skew.isNegative() ? " behind" : " ahead of") + " the controller",
                            Style.WARN));
        }
        return output.render(table);
    }

    private static String reboot(dev.drydock.proto.facts.v1.Host facts) {
        return facts.getReboot().getRequired()
                ? "required by " + String.join(", ", facts.getReboot().getByList())
                : "not required";
    }

    private static Table sites(dev.drydock.proto.facts.v1.Host facts) {
        Table table = Table.of("WORDPRESS", "PART", "VERSION", "AVAILABLE", "");
        for (Site site : facts.getSitesList()) {
            List<String> remarks = new ArrayList<>();
            if (site.getMultisite()) {
                remarks.add("network");
            }
            if (site.getMaintenance()) {
                remarks.add("in maintenance");
            }
            if (site.getCronOverdue()) {
                remarks.add("cron overdue");
            }
            if (site.getCoreFindingsCount() > 0) {
                remarks.add(site.getCoreFindingsCount() + " files of the core are not as published");
            }
            if (!site.getTrouble().isEmpty()) {
                remarks.add(site.getTrouble());
            }
            table.row(
                    site.getPath(),
                    "core",
                    site.getVersion(),
                    orDash(site.getAvailableVersion()),
                    String.join(", ", remarks));
            site.getItemsList()
                    .forEach(item -> table.row(
                            "",
                            item.getKind() + " " + item.getSlug(),
                            orDash(item.getVersion()),
                            orDash(item.getAvailableVersion()),
                            item.getActive() ? "active" : ""));
        }
        return table;
    }

    private static Table middleware(dev.drydock.proto.facts.v1.Host facts) {
        Table table = Table.of("MIDDLEWARE", "SERIES", "INSTALLED", "AVAILABLE", "MENDED BY ITS MAKERS UNTIL");
        facts.getMiddlewareList()
                .forEach(one -> table.row(
                        one.getName(),
                        one.getSeries(),
                        one.getInstalledVersion(),
                        orDash(one.getAvailableVersion()) + (one.getSecurity() ? " (security)" : ""),
                        orDash(one.getEndOfLife())));
        return table;
    }

    static List<String> facts(Host host, Output output) {
        List<String> lines = new ArrayList<>(details(host, output));
        var facts = host.getFacts();
        lines.add("");
        Table machine = Table.plain();
        machine.row("cpu", facts.getCpu().getCount() + " x " + facts.getCpu().getModel());
        machine.row("memory", "%.1f GiB".formatted(facts.getMemoryBytes() / (double) (1L << 30)));
        machine.row("failed services", orDash(String.join(" ", facts.getFailedServicesList())));
        machine.row("needs restart", orDash(String.join(" ", facts.getNeedsRestartList())));
        machine.row(
                "broken packages", orDash(String.join(" ", facts.getPackages().getBrokenList())));
        machine.row(
                "lists refreshed",
                output.times().atAndRelative(facts.getPackages().getRefreshedAt()));
        if (facts.hasAccess()) {
            AccessView.rows(machine, facts.getAccess());
        }
        lines.addAll(output.render(machine));
        if (facts.getFilesystemsCount() > 0) {
            lines.add("");
            Table disks = Table.of("MOUNT", "TYPE", "SIZE", "USED");
            facts.getFilesystemsList()
                    .forEach(fs -> disks.row(
                            fs.getMount(),
                            fs.getType(),
                            String.format(Locale.ROOT, "%.1f GiB", fs.getSizeBytes() / (double) (1L << 30)),
                            "about " + fs.getUsedPercent() + " %"));
            lines.addAll(output.render(disks));
        }
        if (facts.getBackupsCount() > 0) {
            lines.add("");
            lines.addAll(output.render(backups(facts.getBackupsList(), output.times())));
        }
        if (facts.getMiddlewareCount() > 0) {
            lines.add("");
            lines.addAll(output.render(middleware(facts)));
        }
        if (facts.getCertificatesCount() > 0) {
            lines.add("");
            lines.addAll(output.render(CertificatesView.table(facts.getCertificatesList(), output.times())));
        }
        if (facts.getSitesCount() > 0) {
            lines.add("");
            lines.addAll(output.render(sites(facts)));
        }
        if (facts.getPackages().getPendingCount() > 0) {
            lines.add("");
            lines.addAll(output.render(pending(facts.getPackages().getPendingList(), output.times())));
        }
        return lines;
    }

    private static Table backups(List<Backup> backups, Times times) {
        Table table = Table.of("BACKUP", "OF", "MADE", "VERIFIED", "RESTORED", "SIZE", "WHERE");
        for (Backup backup : backups) {
            table.row(
                    Cell.of(backup.getName()),
                    Cell.of(orDash(backup.getKind())),
                    Cell.of(backup.hasFinishedAt() ? times.atAndRelative(backup.getFinishedAt()) : "never"),
                    Cell.of(backup.hasVerifiedAt() ? times.atAndRelative(backup.getVerifiedAt()) : "never"),
                    Cell.of(backup.hasRestoredAt() ? times.atAndRelative(backup.getRestoredAt()) : "never"),
                    Cell.of(String.format(Locale.ROOT, "%.1f MiB", backup.getSizeBytes() / (double) (1L << 20))),
                    backupState(backup));
        }
        return table;
    }

    private static Cell backupState(Backup backup) {
        if (!backup.getLastError().isEmpty()) {
            return new Cell("FAILED: " + backup.getLastError(), Style.WARN);
        }
        return backup.getRetentionError().isEmpty()
                ? Cell.of(backup.getLocation())
                : new Cell(backup.getLocation() + ", OLD ONES STAY: " + backup.getRetentionError(), Style.WARN);
    }

    private static Table pending(List<PendingUpdate> updates, Times times) {
        Table table = Table.of("PACKAGE", "INSTALLED", "AVAILABLE", "KIND", "SEEN");
        updates.stream()
                .sorted(Comparator.comparing((PendingUpdate update) -> !update.getSecurity())
                        .thenComparing(PendingUpdate::getName))
                .forEach(update -> table.row(
                        Cell.of(update.getName()),
                        Cell.of(update.getInstalledVersion()),
                        Cell.of(update.getAvailableVersion()),
                        update.getSecurity() ? new Cell("security", Style.WARN) : new Cell("other", Style.DIM),
                        Cell.of(times.relative(update.getFirstSeen()))));
        return table;
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
