package dev.drydock.cli.declare;

import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.MaintenanceType;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a contract covers, and when: between a document's words and messages. */
final class ContractCover {
    private static final String PREFIX = "MAINTENANCE_";
    private static final Set<String> TERMS = Set.of("response", "fixBusinessDays", "charged");
    private static final int MOST_DAYS = 9999;

    private ContractCover() {}

    static List<ContractTerms> read(Reading reading, Fields spec) {
        Set<String> types = Set.copyOf(Stream.of(MaintenanceType.values())
                .filter(ContractCover::isOne)
                .map(ContractCover::word)
                .toList());
        Fields cover = reading.section(spec, "cover", types);
        List<ContractTerms> all = new ArrayList<>();
        for (MaintenanceType type : MaintenanceType.values()) {
            if (isOne(type) && cover.node(word(type)).isPresent()) {
                Fields terms = reading.section(cover, word(type), TERMS);
                ContractTerms.Builder one = ContractTerms.newBuilder()
                        .setType(type)
                        .setFixBusinessDays(days(terms))
                        .setCharged(Reading.flag(terms, "charged"));
                Duration response = Reading.duration(terms, "response", Duration.ZERO);
                if (!response.isZero()) {
                    one.setResponse(Times.message(response));
                }
                all.add(one.build());
            }
        }
        return all;
    }

    private static boolean isOne(MaintenanceType type) {
        return type != MaintenanceType.MAINTENANCE_TYPE_UNSPECIFIED && type != MaintenanceType.UNRECOGNIZED;
    }

    private static String word(MaintenanceType type) {
        return type.name().replace(PREFIX, "").toLowerCase(Locale.ROOT);
    }

    private static int days(Fields terms) {
        return terms.node("fixBusinessDays")
                .map(node -> {
                    if (node instanceof Node.Scalar scalar
                            && scalar.value() instanceof Long days
                            && days > 0
                            && days <= MOST_DAYS) {
                        return Math.toIntExact(days);
                    }
                    terms.wrong("fixBusinessDays", "a number of business days such as 3");
                    return 0;
                })
                .orElse(0);
    }

    static Map<String, Object> tree(List<ContractTerms> terms) {
        Map<String, Object> cover = new LinkedHashMap<>();
        terms.stream().sorted(Comparator.comparing(ContractTerms::getType)).forEach(one -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            if (one.hasResponse()) {
                tree.put("response", Units.text(Times.duration(one.getResponse())));
            }
            if (one.getFixBusinessDays() > 0) {
                tree.put("fixBusinessDays", (long) one.getFixBusinessDays());
            }
            // Of one that promises nothing there is something to write.
            if (one.getCharged() || tree.isEmpty()) {
                tree.put("charged", one.getCharged());
            }
            cover.put(word(one.getType()), tree);
        });
        return cover;
    }

    /** In the order of the week. What is no day comes last: the controller says what is wrong with it. */
    static List<String> days(List<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted(Comparator.comparing(
                        (String name) -> day(name).map(DayOfWeek::getValue).orElse(Integer.MAX_VALUE)))
                .toList();
    }

    private static Optional<DayOfWeek> day(String name) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** {@code 9:00} is none and stays as it is: the controller says so. */
    static String time(String text) {
        try {
            return LocalTime.parse(text.strip()).toString();
        } catch (DateTimeException e) {
            return text;
        }
    }
}
