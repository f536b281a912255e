package dev.drydock.controller;

import dev.drydock.controller.logs.LogFormat;
import dev.drydock.controller.trace.OtlpEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How operators see what the controller does. */
final class ObserveOptions {
    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How the log is written to standard error. Default: ${DEFAULT-VALUE}.")
    private String logFormat = "";

    @Option(
            names = "--otlp-endpoint",
            paramLabel = "URL",
            description = "A collector that traces of runs are sent to, by OTLP over HTTP, for example"
                    + " http://127.0.0.1:4318. Default: none are made.")
    private @Nullable String otlpEndpoint;

    @Option(
            names = "--member-listen",
            paramLabel = "HOST:PORT",
            description =
                    "With --database: where this controller says of itself, by plain HTTP and to anybody, whether it"
                            + " lives (/healthz), whether it is ready (/readyz) and how it fares (/metrics), also while another"
                            + " one leads. Default: nowhere.")
    private @Nullable String memberListen;

    LogFormat logFormat(List<String> problems) {
        return switch (logFormat) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> {
                problems.add("--log-format: '" + logFormat + "'; expected text or json");
                yield LogFormat.TEXT;
            }
        };
    }

    /** Empty where none is wanted, or something is wrong with it, which is added to the problems. */
    Optional<OtlpEndpoint> traces(List<String> problems) {
        try {
            return Optional.ofNullable(otlpEndpoint).map(OtlpEndpoint::parse);
        } catch (IllegalArgumentException e) {
            problems.add("--otlp-endpoint: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Empty where it answers nowhere for itself, or something is wrong with it, which is added to the problems. */
    Optional<InetSocketAddress> member(boolean ofSeveral, List<String> problems) {
        if (memberListen == null) {
            return Optional.empty();
        }
        if (!ofSeveral) {
            problems.add("--member-listen: is for controllers with --database; the management port of this one has"
                    + " /healthz, /readyz and /metrics");
        }
        try {
            return Optional.of(ListenAddress.parse(memberListen));
        } catch (IllegalArgumentException e) {
            problems.add("--member-listen: " + e.getMessage());
            return Optional.empty();
        }
    }
}
