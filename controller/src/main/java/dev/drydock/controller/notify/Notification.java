package dev.drydock.controller.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * A message on its way to one address.
 *
 * @param id sorts by time; the same at each attempt, so that a receiver can tell a repetition
 * @param target a mail address; empty: the team's webhook or chat as it is at the time of sending
 * @param problem why the last attempt failed, or why it was given up
 * @param nextAttempt of one that is held: when it is told
 * @param repeats how many more of its topic are said with it
 * @param mergedInto the id of the one that says it
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
        Optional<Instant> sentAt,
        int repeats,
        Optional<String> mergedInto) {
    /** Where it stands. */
    public enum State {
        PENDING,
        SENT,
        /** Given up. */
        FAILED,
        /** Waits until it may be told. */
        HELD,
        /** Said with another one. */
        MERGED
    }

    /** One that stands for itself. */
    public Notification(
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
        this(
                id,
                team,
                channel,
                target,
                message,
                state,
                attempts,
                problem,
                createdAt,
                nextAttempt,
                sentAt,
                0,
                Optional.empty());
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

    Notification held(Instant until) {
        return with(State.HELD, attempts, problem, until, Optional.empty());
    }

    Notification dueAt(Instant now) {
        return with(State.PENDING, attempts, problem, now, Optional.empty());
    }

    Notification merged(String into) {
        return new Notification(
                id,
                team,
                channel,
                target,
                message,
                State.MERGED,
                attempts,
                problem,
                createdAt,
                nextAttempt,
                sentAt,
                repeats,
                Optional.of(into));
    }

    /** To be tried at once, as often as a new one, until {@code expires}. */
    public Notification again(Instant now, Instant expires) {
        return saying(message.until(expires)).with(State.PENDING, 0, problem, now, Optional.empty());
    }

    Notification saying(Message other) {
        return new Notification(
                id,
                team,
                channel,
                target,
                other,
                state,
                attempts,
                problem,
                createdAt,
                nextAttempt,
                sentAt,
                repeats,
                mergedInto);
    }

    Notification repeatedOnceMore() {
        return new Notification(
                id,
                team,
                channel,
                target,
                message,
                state,
                attempts,
                problem,
                createdAt,
                nextAttempt,
                sentAt,
                repeats + 1,
                mergedInto);
    }

    private Notification with(State to, int tries, String why, Instant next, Optional<Instant> sent) {
        return new Notification(
                id, team, channel, target, message, to, tries, why, createdAt, next, sent, repeats, mergedInto);
    }
}
