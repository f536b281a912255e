package dev.drydock.playbooks.middleware;

import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When those who make a piece of middleware no longer mend a series of it. A distribution may go on longer.
 *
 * @param asOf the day on which the dates were looked up
 * @param dates by product, then by series
 */
public record EndOfLife(LocalDate asOf, Map<String, Map<String, LocalDate>> dates) {
    private static final Set<String> TOP = Set.of("apiVersion", "kind", "asOf", "products");
    private static final String FILE = "end-of-life.yaml";

    public EndOfLife {
        dates = Map.copyOf(dates);
    }

    /** The table that the program carries. */
    public static EndOfLife builtIn() {
        try {
            return read(FILE, Profiles.bytes(FILE));
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException("the library's own table is broken: " + e.getMessage(), e);
        }
    }

    /** The last day, where it is known. */
    public Optional<LocalDate> of(String product, String series) {
        return Optional.ofNullable(dates.getOrDefault(product, Map.of()).get(series));
    }

    /** What the newer table says, and of what it does not speak, this one's. */
    public EndOfLife with(EndOfLife newer) {
        Map<String, Map<String, LocalDate>> all = new HashMap<>(dates);
        newer.dates.forEach((product, series) -> {
            Map<String, LocalDate> merged = new HashMap<>(all.getOrDefault(product, Map.of()));
            merged.putAll(series);
            all.put(product, Map.copyOf(merged));
        });
        return new EndOfLife(newer.asOf, all);
    }

    /**
     * @param fileName for messages only
     * @throws InvalidPlaybookException with all problems of the file
     */
    public static EndOfLife read(String fileName, byte[] yaml) throws InvalidPlaybookException {
        Problems problems = new Problems(fileName);
        Optional<EndOfLife> table = PlaybookParser.read(yaml, problems).map(root -> bind(root, problems));
        if (table.isPresent() && problems.isEmpty()) {
            return table.get();
        }
        throw new InvalidPlaybookException(problems.list());
    }

    private static EndOfLife bind(Node root, Problems problems) {
        Fields top = Fields.of(root, "", problems);
        top.refuseUnknown(TOP);
        top.requiredText("apiVersion", Pattern.compile("drydock/v1"), "'drydock/v1'");
        top.requiredText("kind", Pattern.compile("EndOfLife"), "'EndOfLife'");
        LocalDate asOf = date(top.required("asOf"), "asOf", problems).orElse(LocalDate.EPOCH);
        Map<String, Map<String, LocalDate>> products = new HashMap<>();
        if (top.required("products") instanceof Node.Mapping mapping) {
            mapping.entries().forEach((product, entry) -> {
                String path = Paths.key("products", product);
                Map<String, LocalDate> series = new HashMap<>();
                if (entry.value() instanceof Node.Mapping dates) {
                    dates.entries().forEach((name, day) -> date(day.value(), Paths.key(path, name), problems)
                            .ifPresent(value -> series.put(name, value)));
                } else {
                    problems.add(
                            entry.at(),
                            path,
                            "expected series with a date each, found "
                                    + entry.value().describe());
                }
                products.put(product, Map.copyOf(series));
            });
        }
        return new EndOfLife(asOf, products);
    }

    private static Optional<LocalDate> date(Node node, String path, Problems problems) {
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeParseException notADay) {
                problems.add(node.at(), path, "expected a day such as 2027-12-31, found " + node.describe());
                return Optional.empty();
            }
        }
        problems.add(node.at(), path, "expected a day such as 2027-12-31, found " + node.describe());
        return Optional.empty();
    }
}
