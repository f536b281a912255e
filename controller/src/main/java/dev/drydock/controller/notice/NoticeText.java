package dev.drydock.controller.notice;

import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.window.Opening;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Notices as mail says them: in the window's own time zone, and in UTC. */
final class NoticeText {
    private static final DateTimeFormatter WHOLE =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);
    /** By its name: as an offset it would be written Z. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final int LINES = 20;
    private static final int NAMES = 6;

    private NoticeText() {}

    static String subject(WindowNotice notice, Instant now) {
        RolloutPlan plan = notice.plan();
        return "In " + until(notice.opening(), now) + ": rollout " + plan.name() + " changes "
                + count(notice.hosts().size(), "host") + " of " + notice.team() + " ("
                + WHOLE.format(notice.opening().opens().atZone(plan.window().zone())) + ")";
    }

    static String body(WindowNotice notice, Instant now) {
        RolloutPlan plan = notice.plan();
        ZoneId zone = plan.window().zone();
        Opening opening = notice.opening();
        List<String> lines = new ArrayList<>();
        lines.add("In " + until(opening, now) + " rollout " + plan.name() + " begins to change "
                + count(notice.hosts().size(), "host") + " of team " + notice.team()
                + (notice.others() == 0 ? "." : ", and " + notice.others() + " of others."));
        lines.add("");
        lines.add("  window     " + plan.window().name() + ", "
                + WHOLE.format(opening.opens().atZone(zone)) + " to "
                + WHOLE.format(opening.closes().atZone(zone)));
        if (!zone.equals(UTC)) {
            lines.add("  in UTC     " + WHOLE.format(opening.opens().atZone(UTC)) + " to "
                    + WHOLE.format(opening.closes().atZone(UTC)));
        }
        lines.add("  playbook   " + plan.playbook().reference());
        lines.add("  made by    " + plan.origin().by());
        notice.unapproved()
                .ifPresent(wave -> lines.add("  approval   wave " + wave + " begins when somebody approves it"));
        lines.add("");
        lines.add("Each host ends patched and verified, or rolled back and verified, before the window closes.");
        lines.add("");
        lines.add(
                notice.forecast().isPresent()
                        ? "When, by what earlier runs took:"
                        : "When (no forecast: too few runs of this playbook are on record):");
        notice.waves().forEach((wave, names) -> lines.add(wave(notice, wave, names, zone)));
        block(lines, "What would change as of now:", notice.changes());
        block(lines, "No way back:", notice.withoutWayBack());
        block(lines, "Not known, since the host did not answer:", notice.unknown());
        lines.add("");
        lines.add("To see it:   drydock rollout show " + plan.name());
        lines.add("To hold it:  drydock rollout pause " + plan.name());
        return String.join("\n", lines) + "\n";
    }

    static String calledOffSubject(String rollout, Instant opens, ZoneId zone) {
        return "Called off: rollout " + rollout + " on " + WHOLE.format(opens.atZone(zone));
    }

    static String calledOff(String team, String rollout, Instant opens, ZoneId zone, String why) {
        return "Rollout " + rollout + " will not change hosts of team " + team + " on "
                + WHOLE.format(opens.atZone(zone)) + " ("
                + WHOLE.format(opens.atZone(UTC)) + "), as was announced:\n" + why + ".\n\n"
                + "To see it:   drydock rollout show " + rollout + "\n";
    }

    private static String wave(WindowNotice notice, int wave, List<String> names, ZoneId zone) {
        String when = notice.span(wave)
                .map(span -> "  " + CLOCK.format(span.begins().atZone(zone)) + " to "
                        + (span.openings() > 1
                                ? WHOLE.format(span.ends().atZone(zone)) + ", in " + span.openings() + " openings"
                                : CLOCK.format(span.ends().atZone(zone))))
                .orElse("");
        return "  wave " + wave + when + "  " + some(names);
    }

    private static void block(List<String> lines, String title, Map<String, List<String>> all) {
        if (all.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        all.entrySet().stream()
                .limit(LINES)
                .forEach(entry -> lines.add("  " + printable(entry.getKey()) + ": " + some(entry.getValue())));
        if (all.size() > LINES) {
            lines.add("  and " + (all.size() - LINES) + " more");
        }
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMES, names.size())))
                + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "");
    }

    /** Hosts say these words: no line of theirs may pass for one of ours. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String until(Opening opening, Instant now) {
        Duration left = Duration.between(now, opening.opens());
        long minutes = Math.max(1, (left.toSeconds() + 59) / 60);
        return Units.text(Duration.ofMinutes(minutes));
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
