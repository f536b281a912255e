package dev.drydock.playbooks.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a value must be: the part of JSON Schema that the language's own schema uses, read by {@link SchemaReader}. Immutable. */
sealed interface Schema {
    /** For messages: {@code expected} + this. */
    String expected();

    /** Whether a value of this kind can be right at all. */
    boolean accepts(Kind kind);

    /**
     * @param pattern a text that has to match one is also a single line without control characters
     * @param choices the only texts allowed; empty means any
     */
    record Text(String expected, Optional<Pattern> pattern, int shortest, int longest, List<String> choices)
            implements Schema {
        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.TEXT;
        }

        boolean holds(String text) {
            return text.length() >= shortest
                    && text.length() <= longest
                    && (choices.isEmpty() || choices.contains(text))
                    && pattern.map(wanted -> text.chars().noneMatch(Character::isISOControl)
                                    && wanted.matcher(text).find())
                            .orElse(true);
        }
    }

    /**
     * @param whole no fractions
     * @param aboveLeast {@code least} itself is too little
     */
    record Number(String expected, boolean whole, double least, boolean aboveLeast, double most) implements Schema {
        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.INTEGER || kind == Kind.NUMBER && !whole;
        }

        boolean holds(double value) {
            return (aboveLeast ? value > least : value >= least) && value <= most;
        }
    }

    /** True or false. */
    record Flag(String expected) implements Schema {
        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.BOOLEAN;
        }
    }

    /** @param distinct no value twice */
    record Items(String expected, Schema item, int fewest, int most, boolean distinct) implements Schema {
        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.LIST;
        }
    }

    /**
     * @param required keys that must be there
     * @param exactlyOne keys of which exactly one must be there; empty for no such rule
     * @param keyName what all keys must be, where they are free
     * @param others what the values of keys outside {@code properties} must be; empty when there may be none
     */
    record Keys(
            String expected,
            Map<String, Schema> properties,
            List<String> required,
            List<String> exactlyOne,
            Optional<Text> keyName,
            Optional<Schema> others)
            implements Schema {
        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.MAPPING;
        }
    }

    /** The first branch that accepts a value's kind is the one that it must satisfy. */
    record Either(String expected, List<Schema> branches) implements Schema {
        @Override
        public boolean accepts(Kind kind) {
            return branches.stream().anyMatch(branch -> branch.accepts(kind));
        }

        Optional<Schema> branch(Kind kind) {
            return branches.stream().filter(branch -> branch.accepts(kind)).findFirst();
        }
    }
}
