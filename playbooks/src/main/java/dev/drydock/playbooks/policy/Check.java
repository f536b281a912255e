package dev.drydock.playbooks.policy;

import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a rule looks at. */
public sealed interface Check {
    /** The key that it is written under. */
    String key();

    /** As it is written below that key, in full. */
    Object tree();

    /** A check whose only argument is a time. */
    sealed interface Timed extends Check {
        Duration limit();

        @Override
        default String key() {
            return words().key();
        }

        /** The key of that time: {@code olderThan}. */
        default String limitKey() {
            return words().limitKey();
        }

        @Override
        default Object tree() {
            return Map.of(limitKey(), Units.text(limit()));
        }

        /** How each is written: the one place that says it. */
        private Words words() {
            return switch (this) {
                case SecurityUpdates check -> new Words("securityUpdates", "olderThan");
                case RebootPending check -> new Words("rebootPending", "longerThan");
                case EndOfLife check -> new Words("endOfLife", "within");
                case CertificateExpires check -> new Words("certificateExpires", "within");
                case LastBackup check -> new Words("lastBackup", "olderThan");
                case LastRestore check -> new Words("lastRestore", "olderThan");
                case WordPressBehind check -> new Words("wordpressBehind", "longerThan");
                case AgentSilent check -> new Words("agentSilent", "longerThan");
            };
        }

        record Words(String key, String limitKey) {}
    }

    /** No security update is pending for longer. */
    record SecurityUpdates(Duration limit) implements Timed {}

    /** No reboot is required for longer. */
    record RebootPending(Duration limit) implements Timed {}

    /** Neither the system nor any middleware is at the end of its life, or will be within the time. */
    record EndOfLife(Duration limit) implements Timed {}

    /** No certificate of a server has expired, or will within the time. */
    record CertificateExpires(Duration limit) implements Timed {}

    /** There is a backup, and the newest of each name is not older. */
    record LastBackup(Duration limit) implements Timed {}

    /** There is a backup, and it was proven of each name, not longer ago, that it can be restored. */
    record LastRestore(Duration limit) implements Timed {}

    /** No core, plugin or theme of a WordPress site is behind for longer. */
    record WordPressBehind(Duration limit) implements Timed {}

    /** The agent was heard of since. */
    record AgentSilent(Duration limit) implements Timed {}

    /**
     * No vulnerability that an update mends is left for longer than its severity allows.
     *
     * @param limits by {@link #LEVELS}; none: it may stay
     */
    record Vulnerabilities(Map<String, Optional<Duration>> limits) implements Check {
        static final String KEY = "vulnerabilities";

        /** The level of what is known to be exploited, whatever its severity; the shorter of both times counts. */
        public static final String EXPLOITED = "knownExploited";

        /** What may be written, and what holds where it is not. */
        static final Map<String, Optional<Duration>> LEVELS = Map.of(
                "critical",
                Optional.of(Duration.ofDays(7)),
                "high",
                Optional.of(Duration.ofDays(30)),
                "medium",
                Optional.of(Duration.ofDays(90)),
                "low",
                Optional.empty(),
                "unrated",
                Optional.of(Duration.ofDays(90)),
                EXPLOITED,
                Optional.of(Duration.ofDays(3)));

        public Vulnerabilities {
            limits = Map.copyOf(limits);
        }

        /** How long one may stay; empty: for ever. */
        public Optional<Duration> limit(String severity, boolean exploited) {
            Optional<Duration> own = limits.getOrDefault(severity, Optional.empty());
            Optional<Duration> haste = exploited ? limits.getOrDefault(EXPLOITED, Optional.empty()) : Optional.empty();
            if (own.isEmpty() || haste.isEmpty()) {
                return own.or(() -> haste);
            }
            return own.get().compareTo(haste.get()) <= 0 ? own : haste;
        }

        @Override
        public String key() {
            return KEY;
        }

        @Override
        public Object tree() {
            Map<String, Object> tree = new TreeMap<>();
            limits.forEach(
                    (level, limit) -> tree.put(level, limit.map(Units::text).orElse("none")));
            return tree;
        }
    }

    /** CEL over {@code host} and {@code now} that is true where all is well. */
    record Condition(String expression) implements Check {
        static final String KEY = "condition";

        @Override
        public String key() {
            return KEY;
        }

        @Override
        public Object tree() {
            return expression;
        }
    }
}
