package dev.drydock.controller.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * A message on its way to one address.
 *
 * @param id sorts by time; the same at each attempt, so that a receiver can tell a repetition
 * @param target a mail address; empty: the team's webhook as it is at the time of sending
 * @param problem why the last attempt failed, or why it was given up
 */
public record Notification(
        String id,
        String team,
        Channel.Kind channel,
        String target,
        Message message,
        State state,
        int attempts,
        String problem,
        Instant createdAt,
        Instant nextAttempt,
        Optional<Instant> sentAt) {
    /** Where it stands. */
    public enum State {
        PENDING,
        SENT,
        /** Given up. */
        FAILED
    }

    Notification sent(Instant at) {
        return with(State.SENT, attempts + 1, "", nextAttempt, Optional.of(at));
    }

    Notification failed(String why, boolean tried) {
        return with(State.FAILED, attempts + (tried ? 1 : 0), why, nextAttempt, Optional.empty());
    }

    Notification later(String why, Instant next) {
        return with(State.PENDING, attempts + 1, why, next, Optional.empty());
    }

    /** To be tried at once, as often as a new one, until {@code expires}. */
    public Notification again(Instant now, Instant expires) {
        Message fresh = new Message(message.about(), message.subject(), message.text(), message.json(), expires);
        return new Notification(
                id, team, channel, target, fresh, State.PENDING, 0, problem, createdAt, now, Optional.empty());
    }

    private Notification with(State to, int tries, String why, Instant next, Optional<Instant> sent) {
        return new Notification(id, team, channel, target, message, to, tries, why, createdAt, next, sent);
    }
}
