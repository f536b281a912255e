package dev.drydock.controller.api;

import dev.drydock.controller.incident.AffectedHost;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentEntry;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of one incident as one caller may read them: without those about hosts that the caller may not see. */
final class IncidentView {
    private final Sight sight;
    private final Set<String> foreign;
    private final boolean steerable;

    private IncidentView(Sight sight, Set<String> foreign, boolean steerable) {
        this.sight = sight;
        this.foreign = foreign;
        this.steerable = steerable;
    }

    /** @param incident with all of its hosts */
    static IncidentView of(dev.drydock.controller.incident.Incident incident, VisibleHosts visible, Sight sight) {
        return new IncidentView(
                sight,
                incident.hosts().stream()
                        .filter(host -> !visible.sees(host.id()))
                        .map(AffectedHost::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                steerable(incident, sight));
    }

    /** Whether the caller operates all of its hosts. */
    static boolean steerable(dev.drydock.controller.incident.Incident incident, Sight sight) {
        return incident.hosts().stream().allMatch(host -> sight.may(Role.OPERATOR, host.id()));
    }

    Incident shown(Incident message) {
        return worded(message).toBuilder().setSteerable(steerable).build();
    }

    private Incident worded(Incident message) {
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
