package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.Assessment;
import java.util.List;

/** Hosts without an agent, for people. */
final class AssessView {
    private AssessView() {}

    static Cell state(Assessment seen) {
        return seen.getStale() ? new Cell("agentless, stale", Style.WARN) : new Cell("agentless", Style.DIM);
    }

    static Table table(List<Assessment> all, Times times) {
        Table table = Table.of("NAME", "STATE", "SEEN", "BY", "SYSTEM", "SECURITY", "UPDATES", "REBOOT", "LABELS");
        all.forEach(seen -> {
            Host facts = seen.getFacts();
            table.row(
                    Cell.of(facts.getName()),
                    state(seen),
                    Cell.of(times.relative(seen.getSeenAt())),
                    Cell.of(seen.getSeenBy()),
                    Cell.orDash(HostView.system(facts)),
                    security(facts),
                    updates(facts),
                    reboot(facts),
                    Cell.orDash(Pairs.text(facts.getLabelsMap())));
        });
        return table.withoutEmpty("REBOOT", "LABELS");
    }

    static Cell security(Host facts) {
        return facts.hasPackages() ? HostView.security(facts) : new Cell("?", Style.WARN);
    }

    static Cell updates(Host facts) {
        return facts.hasPackages() ? Cell.of(facts.getPackages().getPendingCount()) : new Cell("?", Style.WARN);
    }

    static Cell reboot(Host facts) {
        return facts.getReboot().getRequired() ? new Cell("required", Style.WARN) : new Cell("-", Style.DIM);
    }
}
