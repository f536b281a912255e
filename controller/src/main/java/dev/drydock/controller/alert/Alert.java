package dev.drydock.controller.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.WebhookEvent;
import dev.drydock.controller.team.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that owners of hosts are to be told of.
 *
 * @param key the same whenever the same is seen on record: nobody is told twice
 * @param topic of what repeats; empty: it does not
 * @param hosts ids of those that it is about: their owners are told
 * @param at when it came about
 * @param words for who owns these of the hosts
 */
record Alert(
        String key,
        Severity severity,
        String topic,
        Set<String> hosts,
        Instant at,
        Function<List<String>, Words> words) {
    static final String PREFIX = "alert/";

    /** Older ones are told to nobody: after so long there is no use in them. */
    static final Duration TOLD_FOR = Duration.ofDays(3);

    Alert {
        hosts = Set.copyOf(hosts);
    }

    /**
     * @param type of the webhook's event
     * @param data fills in the event
     */
    record Words(String subject, String text, String type, Consumer<ObjectNode> data) {}

    Instant expires() {
        return at.plus(TOLD_FOR);
    }

    Message message(String team, List<String> owned, Instant now) {
        Words said = words.apply(owned);
        return new Message(
                key,
                printable(said.subject()),
                said.text(),
                WebhookEvent.json(said.type(), now, data -> {
                    data.put("team", team).put("severity", severity.word()).put("at", at.toString());
                    said.data().accept(data);
                }),
                expires(),
                severity,
                topic);
    }

    /** Hosts say some of these words: no line of theirs may pass for one of ours. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    static String some(List<String> names) {
        int most = 20;
        return String.join(", ", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }
}
