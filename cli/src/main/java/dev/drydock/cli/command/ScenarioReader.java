package dev.drydock.cli.command;

import com.google.protobuf.Duration;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.Problems;
import dev.drydock.proto.v1.RunFailures;
import dev.drydock.proto.v1.RunLengths;
import dev.drydock.proto.v1.Scenario;
import dev.drydock.proto.v1.SimulatedFleet;
import dev.drydock.proto.v1.SimulatedGroup;
import dev.drydock.proto.v1.SimulatedReleases;
import dev.drydock.proto.v1.SimulatedSpan;
import dev.drydock.proto.v1.SimulatedStrategy;
import dev.drydock.proto.v1.SimulatedWindow;
import dev.drydock.proto.v1.TimesAway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads the shape of a scenario; whether it makes sense is the controller's to judge. Whatever it does not know is a problem. */
final class ScenarioReader {
    private static final Set<String> SPEC = Set.of("fleet", "window", "strategy", "span", "releases", "grain", "seed");
    private static final Set<String> GROUP = Set.of("name", "share", "clusterSize", "duration", "failures", "offline");
    private static final Set<String> WINDOW =
            Set.of("rrule", "start", "zone", "duration", "cutoff", "reserve", "freezes");
    private static final Set<String> STRATEGY =
            Set.of("waves", "maxConcurrent", "failureThreshold", "soak", "neverTogether");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");
    private static final String A_SHARE = "a share such as 5% or 0.1%";
    private static final Pattern VERSION = Pattern.compile("drydock/v1");
    private static final Pattern KIND = Pattern.compile("Simulation");

    private final Problems problems;

    ScenarioReader(Problems problems) {
        this.problems = problems;
    }

    Scenario read(Node root) {
        Fields top = Fields.of(root, "", problems);
        top.refuseUnknown(Set.of("apiVersion", "kind", "spec"));
        top.requiredText("apiVersion", VERSION, "'drydock/v1'");
        top.requiredText("kind", KIND, "'Simulation'");
        Fields spec = section(top, "spec", SPEC);
        Scenario.Builder scenario = Scenario.newBuilder()
                .setFleet(fleet(section(spec, "fleet", Set.of("hosts", "groups"))))
                .setWindow(window(section(spec, "window", WINDOW)))
                .setSpan(span(section(spec, "span", Set.of("from", "months"))));
        optional(spec, "strategy", STRATEGY).ifPresent(strategy -> scenario.setStrategy(strategy(strategy)));
        optional(spec, "releases", Set.of("rrule", "supersede"))
                .ifPresent(releases -> scenario.setReleases(releases(releases)));
        duration(spec, "grain", scenario::setGrain);
        whole(spec, "seed").ifPresent(scenario::setSeed);
        return scenario.build();
    }

    /** Of one that is missing nothing more is said than that. */
    private Fields section(Fields in, String key, Set<String> known) {
        if (in.node(key).isEmpty()) {
            required(in, key);
            return Fields.of(new Node.Mapping(in.at(), Map.of()), in.path(key), new Problems(""));
        }
        Fields fields = Fields.of(in.required(key), in.path(key), problems);
        fields.refuseUnknown(known);
        return fields;
    }

    private Optional<Fields> optional(Fields in, String key, Set<String> known) {
        return in.node(key).isPresent() ? Optional.of(section(in, key, known)) : Optional.empty();
    }

    private SimulatedFleet fleet(Fields fields) {
        SimulatedFleet.Builder fleet = SimulatedFleet.newBuilder();
        required(fields, "hosts");
        number(fields, "hosts").ifPresent(fleet::setHosts);
        List<Node> groups = fields.list("groups");
        for (int i = 0; i < groups.size(); i++) {
            Fields group = Fields.of(groups.get(i), Paths.item(fields.path("groups"), i), problems);
            group.refuseUnknown(GROUP);
            fleet.addGroups(group(group));
        }
        return fleet.build();
    }

    private SimulatedGroup group(Fields fields) {
        SimulatedGroup.Builder group = SimulatedGroup.newBuilder().setShare(1);
        required(fields, "name");
        fields.text("name").ifPresent(group::setName);
        share(fields, "share", group::setShare);
        number(fields, "clusterSize").ifPresent(group::setClusterSize);
        Fields lengths = section(fields, "duration", Set.of("p50", "p95"));
        RunLengths.Builder duration = RunLengths.newBuilder();
        required(lengths, "p50");
        required(lengths, "p95");
        duration(lengths, "p50", duration::setP50);
        duration(lengths, "p95", duration::setP95);
        group.setDuration(duration);
        optional(fields, "failures", Set.of("rolledBack", "rollbackFailed", "lost", "hang"))
                .ifPresent(failures -> group.setFailures(failures(failures)));
        optional(fields, "offline", Set.of("share", "length")).ifPresent(away -> group.setOffline(offline(away)));
        return group.build();
    }

    private RunFailures failures(Fields fields) {
        RunFailures.Builder failures = RunFailures.newBuilder();
        share(fields, "rolledBack", failures::setRolledBack);
        share(fields, "rollbackFailed", failures::setRollbackFailed);
        share(fields, "lost", failures::setLost);
        share(fields, "hang", failures::setHang);
        return failures.build();
    }

    private TimesAway offline(Fields fields) {
        TimesAway.Builder away = TimesAway.newBuilder();
        share(fields, "share", away::setShare);
        duration(fields, "length", away::setLength);
        return away.build();
    }

    private SimulatedWindow window(Fields fields) {
        SimulatedWindow.Builder window = SimulatedWindow.newBuilder();
        required(fields, "start");
        required(fields, "zone");
        required(fields, "duration");
        fields.text("rrule").ifPresent(window::setRrule);
        fields.text("start").ifPresent(window::setStart);
        fields.text("zone").ifPresent(window::setZone);
        fields.text("freezes").ifPresent(window::setFreezes);
        duration(fields, "duration", window::setDuration);
        duration(fields, "cutoff", window::setCutoff);
        duration(fields, "reserve", window::setReserve);
        return window.build();
    }

    private SimulatedStrategy strategy(Fields fields) {
        SimulatedStrategy.Builder strategy = SimulatedStrategy.newBuilder();
        List<Node> waves = fields.list("waves");
        for (int i = 0; i < waves.size(); i++) {
            quantity(waves.get(i), Paths.item(fields.path("waves"), i)).ifPresent(strategy::addWaves);
        }
        fields.node("maxConcurrent")
                .flatMap(node -> quantity(node, fields.path("maxConcurrent")))
                .ifPresent(strategy::setMaxConcurrent);
        fields.node("failureThreshold")
                .flatMap(node -> quantity(node, fields.path("failureThreshold")))
                .ifPresent(strategy::setFailureThreshold);
        duration(fields, "soak", strategy::setSoak);
        fields.text("neverTogether").ifPresent(strategy::setNeverTogether);
        return strategy.build();
    }

    private SimulatedSpan span(Fields fields) {
        SimulatedSpan.Builder span = SimulatedSpan.newBuilder();
        required(fields, "from");
        required(fields, "months");
        fields.text("from").ifPresent(span::setFrom);
        number(fields, "months").ifPresent(span::setMonths);
        return span.build();
    }

    private SimulatedReleases releases(Fields fields) {
        SimulatedReleases.Builder releases = SimulatedReleases.newBuilder();
        fields.text("rrule").ifPresent(releases::setRrule);
        fields.node("supersede").ifPresent(node -> {
            if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean supersede) {
                releases.setSupersede(supersede);
            } else {
                fields.wrong("supersede", "true or false");
            }
        });
        return releases.build();
    }

    private static void required(Fields fields, String key) {
        Node unused = fields.required(key);
    }

    private static Optional<Long> whole(Fields fields, String key) {
        return fields.node(key).flatMap(node -> {
            if (node instanceof Node.Scalar scalar && scalar.value() instanceof Long number) {
                return Optional.of(number);
            }
            fields.wrong(key, "a whole number");
            return Optional.empty();
        });
    }

    private static Optional<Integer> number(Fields fields, String key) {
        return whole(fields, key).map(number -> (int) Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** A count or a share, as text. */
    private Optional<String> quantity(Node node, String path) {
        if (node instanceof Node.Scalar scalar
                && (scalar.value() instanceof String || scalar.value() instanceof Long)) {
            return Optional.of(String.valueOf(scalar.value()));
        }
        problems.add(node.at(), path, "expected a count such as 4 or a share such as 25%, found " + node.describe());
        return Optional.empty();
    }

    private static void share(Fields fields, String key, Consumer<Double> to) {
        fields.node(key).ifPresent(node -> {
            var share = SHARE.matcher(node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : "");
            if (share.matches()) {
                to.accept(Double.parseDouble(share.group(1)) / 100);
            } else {
                fields.wrong(key, A_SHARE);
            }
        });
    }

    private static void duration(Fields fields, String key, Consumer<Duration> to) {
        fields.node(key).ifPresent(node -> {
            Optional<java.time.Duration> duration =
                    Units.duration(node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : "");
            duration.map(Times::message).ifPresent(to);
            if (duration.isEmpty()) {
                fields.wrong(key, "a duration such as 90s, 15m or 1h30m");
            }
        });
    }
}
