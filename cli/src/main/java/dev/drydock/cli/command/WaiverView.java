package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverState;
import java.util.List;

/** Waivers for people. */
final class WaiverView {
    private WaiverView() {}

    /** What it lets pass: {@code rule web/backup}. */
    static String subject(Waiver waiver) {
        if (!waiver.getRule().isEmpty()) {
            return "rule " + waiver.getRule();
        }
        return waiver.getCve().isEmpty() ? "package " + waiver.getPackage() : waiver.getCve();
    }

    static Cell state(WaiverState state) {
        return switch (state) {
            case WAIVER_ASKED -> new Cell("· asked", Style.WARN);
            case WAIVER_STANDING -> new Cell("✔ standing", Style.GOOD);
            case WAIVER_EXPIRED -> new Cell("expired", Style.DIM);
            case WAIVER_REVOKED -> new Cell("revoked", Style.DIM);
            case WAIVER_STATE_UNSPECIFIED, UNRECOGNIZED -> new Cell("? unknown", Style.DIM);
        };
    }

    static Table table(List<Waiver> waivers, Times times) {
        Table table = Table.of("NAME", "STATE", "LETS PASS", "HOSTS", "EXPIRES", "ASKED BY", "APPROVED BY", "REASON");
        waivers.forEach(waiver -> table.row(
                Cell.of(waiver.getName()),
                state(waiver.getState()),
                Cell.of(subject(waiver)),
                Cell.of(waiver.getHosts()),
                Cell.of(times.relative(waiver.getExpiresAt())),
                Cell.of(waiver.getAskedBy()),
                Cell.orDash(waiver.getApprovedBy()),
                Cell.of(waiver.getReason())));
        return table;
    }

    static List<String> lines(Waiver waiver, Output output) {
        Times times = output.times();
        Table table = Table.plain();
        table.row(Cell.of("waiver"), Cell.of(waiver.getName()));
        table.row(Cell.of("state"), state(waiver.getState()));
        table.row("lets pass", subject(waiver));
        table.row("on hosts", waiver.getHosts());
        table.row("reason", waiver.getReason());
        table.row("expires", times.atAndRelative(waiver.getExpiresAt()));
        table.row("asked", "by " + waiver.getAskedBy() + ", " + times.at(waiver.getAskedAt()));
        if (!waiver.getApprovedBy().isEmpty()) {
            table.row("approved", "by " + waiver.getApprovedBy() + ", " + times.at(waiver.getApprovedAt()));
        }
        if (!waiver.getRevokedBy().isEmpty()) {
            table.row("revoked", "by " + waiver.getRevokedBy() + ", " + times.at(waiver.getRevokedAt()));
        }
        return output.render(table);
    }
}
