package dev.drydock.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transitions of one state machine, as data. Built once; immutable after it.
 *
 * @param <S> states
 * @param <T> triggers
 */
final class TransitionTable<S extends Enum<S>, T extends Enum<T>> {
    private final List<Row<S, T>> rows;

    private TransitionTable(List<Row<S, T>> rows) {
        this.rows = List.copyOf(rows);
    }

    static <S extends Enum<S>, T extends Enum<T>> Builder<S, T> builder() {
        return new Builder<>();
    }

    /** In the order in which they were written. */
    List<Row<S, T>> rows() {
        return rows;
    }

    Optional<S> target(S from, T trigger) {
        return rows.stream()
                .filter(row -> row.from() == from && row.trigger() == trigger)
                .map(Row::to)
                .findFirst();
    }

    boolean allows(S from, S to) {
        return rows.stream().anyMatch(row -> row.from() == from && row.to() == to);
    }

    /** No transition leaves it. */
    boolean isFinal(S state) {
        return rows.stream().noneMatch(row -> row.from() == state);
    }

    /** From a state, by a trigger, to a state. */
    record Row<S, T>(S from, T trigger, S to) {}

    static final class Builder<S extends Enum<S>, T extends Enum<T>> {
        private final List<Row<S, T>> rows = new ArrayList<>();

        private Builder() {}

        /** Refuses a second row for the same state and trigger. */
        Builder<S, T> add(S from, T trigger, S to) {
            if (rows.stream().anyMatch(row -> row.from() == from && row.trigger() == trigger)) {
                throw new IllegalArgumentException(from + " on " + trigger + " is in the table already");
            }
            rows.add(new Row<>(from, trigger, to));
            return this;
        }

        TransitionTable<S, T> build() {
            return new TransitionTable<>(rows);
        }
    }
}
