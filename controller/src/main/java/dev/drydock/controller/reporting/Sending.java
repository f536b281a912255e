package dev.drydock.controller.reporting;

import java.time.Duration;
import java.time.Instant;

/**
 * One report of a schedule, on record before anybody gets it.
 *
 * @param schedule the id
 * @param dueAt of one by hand: when it was asked for
 * @param by who asked for it by hand; empty: it was its time
 * @param missed earlier times that it stands for
 * @param problem why it was not made; empty: it was
 * @param summary one line of what is in it
 * @param type of the document, as MIME says it; empty where none was made
 */
public record Sending(
        String schedule,
        Instant dueAt,
        Instant madeAt,
        String by,
        int missed,
        String problem,
        String summary,
        String fileName,
        String type,
        long size) {
    static final Duration IN_TIME = Duration.ofMinutes(15);

    public boolean manual() {
        return !by.isEmpty();
    }

    public boolean refused() {
        return !problem.isEmpty();
    }

    public boolean late() {
        return madeAt.isAfter(dueAt.plus(IN_TIME));
    }

    /** What its messages are about: none is told twice. */
    public String about() {
        return "report/" + schedule + "/" + dueAt + (manual() ? "/by-hand" : "");
    }
}
