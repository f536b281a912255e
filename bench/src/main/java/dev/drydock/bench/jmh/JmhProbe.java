package dev.drydock.bench.jmh;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** All classes {@code …Paths}, one JVM each method: three seconds to warm up, five that count. */
public final class JmhProbe implements Probe {
    private static final TimeValue SECOND = TimeValue.seconds(1);

    @Override
    public Section run(Settings settings) {
        try {
            return section(new Runner(new OptionsBuilder()
                            .include("dev\\.drydock\\.bench\\..*Paths\\..*")
                            .mode(Mode.AverageTime)
                            .timeUnit(TimeUnit.MICROSECONDS)
                            .forks(1)
                            .warmupIterations(3)
                            .warmupTime(SECOND)
                            .measurementIterations(5)
                            .measurementTime(SECOND)
                            .jvmArgs(
                                    "-Xmx2g",
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-Djava.io.tmpdir=" + settings.directory())
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run());
        } catch (RunnerException e) {
            throw new BenchException("JMH: " + e.getMessage(), e);
        }
    }

    private static Section section(Collection<RunResult> results) {
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : results) {
            String method = result.getPrimaryResult().getLabel();
            String words = method.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ")
                    .toLowerCase(Locale.ROOT);
            String key = words.replace(' ', '_');
            figures.add(new Figure(key + "_us", words, result.getPrimaryResult().getScore(), "µs"));
            figures.add(new Figure(
                    key + "_error_us", "  ± (99.9 %)", result.getPrimaryResult().getScoreError(), "µs"));
        }
        return new Section("jmh", "Hot paths by JMH, average time", figures);
    }
}
