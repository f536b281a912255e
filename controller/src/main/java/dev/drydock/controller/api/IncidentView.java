package dev.drydock.controller.api;

import dev.drydock.controller.incident.AffectedHost;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentEntry;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of one incident as one caller may read them: without those about hosts that the caller may not see. */
final class IncidentView {
    private final Sight sight;
    private final Set<String> foreign;

    private IncidentView(Sight sight, Set<String> foreign) {
        this.sight = sight;
        this.foreign = foreign;
    }

    /** @param incident with all of its hosts */
    static IncidentView of(dev.drydock.controller.incident.Incident incident, VisibleHosts visible, Sight sight) {
        return new IncidentView(
                sight,
                incident.hosts().stream()
                        .filter(host -> !visible.sees(host.id()))
                        .map(AffectedHost::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    Incident shown(Incident message) {
        if (sight.whole()) {
            return message;
        }
        // What opened it is said by the controller, or by somebody who has the whole fleet.
        return message.toBuilder()
                .setTitle(veiled(message.getTitle()))
                .setCause(veiled(message.getCause()))
                .clearLog()
                .addAllLog(message.getLogList().stream().map(this::shown).toList())
                .build();
    }

    /**
     * Of what an operator of the incident's hosts wrote only names of these hosts are looked for: those the writer saw. Were others
     * veiled too, two who see few hosts could find out which there are.
     */
    private IncidentEntry shown(IncidentEntry entry) {
        boolean ours = entry.getBy().isEmpty() || entry.getWhat().equals("opened");
        return entry.toBuilder()
                .setComment(ours ? veiled(entry.getComment()) : ofIncident(entry.getComment()))
                .build();
    }

    private String veiled(String text) {
        return sight.veiled(ofIncident(text), "");
    }

    private String ofIncident(String text) {
        return sight.veiled(text, word -> foreign.contains(word.toLowerCase(Locale.ROOT)));
    }
}
