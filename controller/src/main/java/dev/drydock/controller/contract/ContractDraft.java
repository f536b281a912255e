package dev.drydock.controller.contract;

import dev.drydock.controller.naming.ResourceName;
import dev.drydock.controller.selector.HostSelector;
import dev.drydock.playbooks.model.Units;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A contract as somebody wrote it.
 *
 * @param zone IANA name
 * @param days names of days of the week; empty: {@link ServiceHours#DAYS}
 * @param opens local time; empty: {@link ServiceHours#OPENS}
 * @param closes as {@code opens}
 * @param replace the one of that name, if there is one
 * @param etag of the one whose place it is to take; empty: whatever is there
 */
public record ContractDraft(
        String name,
        String client,
        String hosts,
        String zone,
        List<String> days,
        String opens,
        String closes,
        List<String> calendars,
        Map<MaintenanceType, Terms> terms,
        boolean replace,
        String etag) {
    private static final int LONGEST_CLIENT = 200;
    private static final int MOST_CALENDARS = 20;
    private static final Duration SHORTEST_RESPONSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_RESPONSE = Duration.ofDays(31);
    private static final int MOST_FIX_DAYS = 366;

    /**
     * @param calendar whether there is a calendar of this name
     * @throws InvalidContractException with every problem found
     */
    Contract validate(Instant now, Predicate<String> calendar) throws InvalidContractException {
        List<String> problems = new ArrayList<>();
        ResourceName.problem(name).ifPresent(problems::add);
        if (client.isBlank() || client.length() > LONGEST_CLIENT || !client.equals(client.strip())) {
            problems.add("client: '" + client + "'; expected whom the contract is with, in at most " + LONGEST_CLIENT
                    + " characters without spaces around");
        }
        HostSelector.problem(hosts).ifPresent(problems::add);
        ServiceHours hours = hours(problems, calendar);
        terms(problems);
        if (!problems.isEmpty()) {
            throw new InvalidContractException(problems);
        }
        return new Contract(name, client, hosts.strip(), hours, terms, now);
    }

    private ServiceHours hours(List<String> problems, Predicate<String> calendar) {
        LocalTime from = time("opens", opens, ServiceHours.OPENS, problems);
        LocalTime to = time("closes", closes, ServiceHours.CLOSES, problems);
        if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
            problems.add("closes: " + to + " is not after the opening at " + from
                    + "; expected a later time of the same day, or 00:00 for its end");
        }
        if (calendars.size() > MOST_CALENDARS) {
            problems.add("calendars: " + calendars.size() + "; expected at most " + MOST_CALENDARS);
        }
        calendars.stream()
                .filter(one -> !calendar.test(one))
                .forEach(one -> problems.add("calendars: there is no calendar '" + one + "'"));
        return new ServiceHours(
                zone(problems),
                week(problems),
                from,
                to,
                calendars.stream().distinct().toList());
    }

    private ZoneId zone(List<String> problems) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add("zone: '" + zone + "' is no time zone; expected an IANA name such as Europe/Berlin, or UTC");
            return ZoneOffset.UTC;
        }
    }

    private Set<DayOfWeek> week(List<String> problems) {
        if (days.isEmpty()) {
            return ServiceHours.DAYS;
        }
        Set<DayOfWeek> week = EnumSet.noneOf(DayOfWeek.class);
        for (String day : days) {
            try {
                week.add(DayOfWeek.valueOf(day.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                problems.add("days: '" + day + "' is no day of the week; expected MONDAY to SUNDAY");
            }
        }
        return week;
    }

    private static LocalTime time(String field, String text, LocalTime standard, List<String> problems) {
        try {
            return text.isBlank() ? standard : LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            problems.add(field + ": '" + text + "' is no time of day; expected for example 09:00");
            return standard;
        }
    }

    private void terms(List<String> problems) {
        if (terms.isEmpty()) {
            problems.add("terms: none; expected at least one type of maintenance that is covered");
        }
        terms.forEach((type, promised) -> {
            promised.response()
                    .filter(time -> time.compareTo(SHORTEST_RESPONSE) < 0 || time.compareTo(LONGEST_RESPONSE) > 0)
                    .ifPresent(time -> problems.add("terms: " + type.word() + ": a response within " + Units.text(time)
                            + "; expected from 1m to 31d, or none"));
            promised.fixDays().ifPresent(count -> {
                if (count < 1 || count > MOST_FIX_DAYS) {
                    problems.add("terms: " + type.word() + ": a fix within " + count
                            + " business days; expected from 1 to " + MOST_FIX_DAYS + ", or none");
                }
            });
        });
    }
}
