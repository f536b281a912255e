package dev.drydock.playbooks.middleware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages as which a piece of middleware comes, and how it is handled then. Where the product's name has
 * {@value #SERIES}, versions live side by side, each with services and configuration of its own.
 *
 * @param managers package managers under which it comes so; empty: under all
 * @param product the package whose version is the product's
 * @param packages what moves together, as globs over names
 * @param services in the order in which they are started
 * @param configuration files and directories, kept before the change and put back
 * @param configTest commands that must succeed before and after; those whose program is not there are left out
 * @param same commands of which each line that was printed before must be printed after: modules that are loaded
 * @param probe commands that must succeed after, where they did before
 * @param data what the services keep; empty where they keep nothing
 */
public record Variant(
        List<String> managers,
        String product,
        List<String> packages,
        List<String> services,
        List<String> configuration,
        List<List<String>> configTest,
        List<List<String>> same,
        List<List<String>> probe,
        Optional<Data> data) {
    /** Stands for the series in names. */
    public static final String SERIES = "{series}";

    private static final String SERIES_PATTERN = "([0-9]+(?:\\.[0-9]+)*)";

    public Variant {
        managers = List.copyOf(managers);
        packages = List.copyOf(packages);
        services = List.copyOf(services);
        configuration = List.copyOf(configuration);
        configTest = List.copyOf(configTest);
        same = List.copyOf(same);
        probe = List.copyOf(probe);
    }

    /**
     * What the services keep.
     *
     * @param directories copied as a whole while the services are stopped
     * @param engine of the databases in it, so that their contents can be compared; empty where there are none
     */
    public record Data(List<String> directories, Optional<String> engine) {
        public Data {
            directories = List.copyOf(directories);
        }
    }

    /** The series that a package of this name is the product of: empty where it is another package, or there are none side by side. */
    public Optional<String> seriesOf(String packageName) {
        if (!product.contains(SERIES)) {
            return Optional.empty();
        }
        String[] around = product.split(Pattern.quote(SERIES), -1);
        Matcher matcher = Pattern.compile(Pattern.quote(around[0]) + SERIES_PATTERN + Pattern.quote(around[1]))
                .matcher(packageName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The same for one series. */
    public Variant of(String series) {
        UnaryOperator<String> put = text -> text.replace(SERIES, series);
        return new Variant(
                managers,
                put.apply(product),
                each(packages, put),
                each(services, put),
                each(configuration, put),
                commands(configTest, put),
                commands(same, put),
                commands(probe, put),
                data.map(kept -> new Data(each(kept.directories(), put), kept.engine())));
    }

    private static List<List<String>> commands(List<List<String>> commands, UnaryOperator<String> put) {
        List<List<String>> all = new ArrayList<>();
        commands.forEach(argv -> all.add(each(argv, put)));
        return all;
    }

    private static List<String> each(List<String> texts, UnaryOperator<String> put) {
        return texts.stream().map(put).toList();
    }
}
