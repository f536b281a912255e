package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import dev.drydock.proto.v1.IncidentEntry;
import dev.drydock.proto.v1.IncidentHost;
import dev.drydock.proto.v1.IncidentScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Incidents as people read them. */
final class IncidentView {
    private IncidentView() {}

    static Table list(List<Incident> incidents, Output output) {
        Table table = Table.of("ID", "STATE", "CONTRACT", "RESPONSE", "FIX", "HOSTS", "OPENED", "TITLE");
        incidents.forEach(one -> table.row(
                Cell.of(one.getId()),
                state(one),
                Cell.of(contract(one)),
                clock(one.getResponse(), output.times()),
                clock(one.getFix(), output.times()),
                Cell.of(one.getHostsCount()),
                Cell.of(output.times().relative(one.getOpenedAt())),
                Cell.of(one.getTitle())));
        return table;
    }

    private static Cell state(Incident incident) {
        return new Cell(
                IncidentWords.word(incident.getState()),
                switch (incident.getState()) {
                    case INCIDENT_OPEN -> Style.BAD;
                    case INCIDENT_RESPONDED, INCIDENT_HANDED_OVER -> Style.WARN;
                    case INCIDENT_RESOLVED -> Style.GOOD;
                    case INCIDENT_CLOSED, INCIDENT_STATE_UNSPECIFIED, UNRECOGNIZED -> Style.DIM;
                });
    }

    private static String contract(Incident incident) {
        return switch (incident.getScope()) {
            case OUT_OF_CONTRACT -> "none";
            case OUT_OF_SCOPE -> incident.getContract() + ", out of scope";
            default -> incident.getContract() + (incident.getCharged() ? ", charged" : "");
        };
    }

    private static Cell clock(IncidentClock clock, Times times) {
        return switch (clock.getState()) {
            case CLOCK_MET -> new Cell("✔ met", Style.GOOD);
            case CLOCK_MISSED ->
                new Cell(
                        Times.isSet(clock.getStoppedAt()) ? "! missed" : "! due " + times.relative(clock.getDue()),
                        Style.BAD);
            case CLOCK_RUNNING ->
                Times.isSet(clock.getDue())
                        ? new Cell("due " + times.relative(clock.getDue()), Style.NONE)
                        : Cell.orDash("");
            case CLOCK_STOPPED, CLOCK_STATE_UNSPECIFIED, UNRECOGNIZED -> Cell.orDash("");
        };
    }

    static List<String> whole(Incident incident, Output output) {
        Times times = output.times();
        Table table = Table.plain();
        table.row("id", incident.getId());
        table.row("title", incident.getTitle());
        table.row(Cell.of("state"), state(incident));
        table.row("type", IncidentWords.word(incident.getType()));
        table.row(
                "contract",
                contract(incident) + (incident.getClient().isEmpty() ? "" : " (" + incident.getClient() + ")"));
        table.row("opened", times.atAndRelative(incident.getOpenedAt()) + " by " + who(incident.getOpenedBy()));
        table.row("response", clockWords(incident.getResponse(), times));
        table.row("permanent fix", clockWords(incident.getFix(), times));
        table.row(
                "temporary fix",
                Times.isSet(incident.getTemporaryFixAt())
                        ? "rolled back and verified, " + times.atAndRelative(incident.getTemporaryFixAt())
                        : "-");
        if (!incident.getRollout().isEmpty()) {
            table.row("rollout", incident.getRollout() + ", " + incident.getPlaybook());
            table.row("cause", incident.getCause());
        }
        List<String> lines = new ArrayList<>(output.render(table));
        lines.add("");
        lines.addAll(output.render(hosts(incident, times)));
        lines.add("");
        incident.getLogList().forEach(entry -> lines.add(line(entry, times)));
        return lines;
    }

    private static Table hosts(Incident incident, Times times) {
        Table hosts = Table.of("HOST", "RUN", "OUTCOME", "SINCE THEN", "SAYS");
        for (IncidentHost host : incident.getHostsList()) {
            hosts.row(
                    Cell.of(host.getHost()),
                    Cell.orDash(host.getRun()),
                    Cell.orDash(host.getOutcome().replace('_', ' ')),
                    host.getSucceededSince().isEmpty()
                            ? Cell.orDash("")
                            : new Cell(
                                    host.getSucceededSince() + " succeeded " + times.relative(host.getSucceededAt()),
                                    Style.GOOD),
                    Cell.orDash(host.getReason()));
        }
        return hosts.withoutEmpty("RUN", "OUTCOME", "SINCE THEN", "SAYS");
    }

    private static String clockWords(IncidentClock clock, Times times) {
        String due = Times.isSet(clock.getDue()) ? "due " + times.atAndRelative(clock.getDue()) : "nothing promised";
        String stopped = Times.isSet(clock.getStoppedAt()) ? ", stopped " + times.at(clock.getStoppedAt()) : "";
        return (clock.getState() == ClockState.CLOCK_MISSED ? "! " : "")
                + clock.getState().name().replaceFirst("^CLOCK_", "").toLowerCase(Locale.ROOT) + ", " + due
                + stopped;
    }

    private static String line(IncidentEntry entry, Times times) {
        String comment = entry.getComment().isEmpty() ? "" : ": " + Width.printable(entry.getComment());
        return times.at(entry.getAt()) + "  " + who(entry.getBy()) + "  "
                + entry.getWhat().replace('_', ' ') + comment;
    }

    private static String who(String user) {
        return user.isEmpty() ? "the controller" : user;
    }

    /** Of something that was just done with it. */
    static List<String> done(Incident incident, Output output) {
        List<String> lines = new ArrayList<>();
        lines.add(incident.getId() + " is " + IncidentWords.word(incident.getState()) + ": " + incident.getTitle());
        if (incident.getScope() == IncidentScope.OUT_OF_CONTRACT) {
            lines.add("out of contract");
        } else {
            lines.add("response       " + clockWords(incident.getResponse(), output.times()));
            lines.add("permanent fix  " + clockWords(incident.getFix(), output.times()));
        }
        return lines.stream().map(Width::printable).toList();
    }
}
