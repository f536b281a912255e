package dev.drydock.controller.notify;

import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.notify.NotificationStore.Placed;
import dev.drydock.controller.team.QuietHours;
import dev.drydock.controller.team.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether something is told at once or waits. Pure.
 *
 * <p>In a team's quiet hours only what is critical is told, and what would be of no use any more when they end. What repeats (the
 * same topic to the same address within {@link #PERIOD} of the last time) waits for the end of the period, and what comes until
 * then is said with it; what is more severe than the last time does not wait.
 */
final class Holding {
    /** For how long the same is not told again. */
    static final Duration PERIOD = Duration.ofHours(1);

    private Holding() {}

    /** @param last the newest of its topic that the address was told, or is to be told */
    static Placed place(Notification fresh, Optional<Notification> last, Optional<QuietHours> quiet) {
        Optional<Notification> before = last.filter(
                one -> one.message().severity().atLeast(fresh.message().severity()));
        if (before.isEmpty()) {
            return new Placed(held(fresh, until(fresh.message(), quiet, fresh.createdAt())), Optional.empty());
        }
        if (before.get().state() == State.HELD) {
            return new Placed(
                    fresh.merged(before.get().id()), Optional.of(Digest.joined(before.get(), fresh.message())));
        }
        Instant over = before.get().sentAt().orElse(before.get().nextAttempt()).plus(PERIOD);
        boolean waits = fresh.createdAt().isBefore(over)
                && over.isBefore(fresh.message().expiresAt());
        Instant at = waits ? over : fresh.createdAt();
        Optional<Instant> until = until(fresh.message(), quiet, at);
        return new Placed(held(fresh, waits ? until.or(() -> Optional.of(over)) : until), Optional.empty());
    }

    private static Notification held(Notification fresh, Optional<Instant> until) {
        return until.map(fresh::held).orElse(fresh);
    }

    private static Optional<Instant> until(Message message, Optional<QuietHours> quiet, Instant at) {
        return message.severity() == Severity.CRITICAL
                ? Optional.empty()
                : quiet.flatMap(hours -> hours.over(at)).filter(over -> over.isBefore(message.expiresAt()));
    }
}
