package dev.drydock.bench.fleet;

import dev.drydock.bench.report.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a run of several steps leaves for the documentation. */
final class Charts {
    private Charts() {}

    static void write(Path folder, List<Step> steps, List<Reconnecting.Point> curve) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("fleet-cost.svg"),
                Chart.svg(
                        "Cost of one agent",
                        "agents",
                        "KiB, or 10 µs",
                        List.of(
                                line("resident memory, KiB", steps, Step::residentKib),
                                line("live heap, KiB", steps, Step::heapKib),
                                line("CPU a run, 10 µs", steps, step -> step.runMillis() * 100),
                                line(
                                        "results durable, 10 µs",
                                        steps,
                                        step -> step.durableMillis() * 100 / step.agents()))));
        Files.writeString(
                folder.resolve("fleet-reconnect.svg"),
                Chart.svg(
                        "Agents connected after the controller was killed and started again",
                        "seconds since the kill",
                        "agents",
                        List.of(new Chart.Line(
                                "connected",
                                curve.stream()
                                        .map(point -> new Chart.Point(point.seconds(), point.connected()))
                                        .toList()))));
    }

    private static Chart.Line line(String name, List<Step> steps, ToDoubleFunction<Step> value) {
        return new Chart.Line(
                name,
                steps.stream()
                        .map(step -> new Chart.Point(step.agents(), value.applyAsDouble(step)))
                        .toList());
    }
}
