package dev.drydock.cli.declare;

import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.proto.v1.RolloutSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a rollout's document: what the options of {@code drydock rollout create} say. */
final class RolloutReader {
    private static final Set<String> SPEC =
            Set.of("playbook", "params", "hosts", "window", "strategy", "emergency", "emergencyFor");
    private static final Set<String> STRATEGY = Set.of(
            "waves",
            "maxConcurrent",
            "failureThreshold",
            "soak",
            "neverTogether",
            "rebootsAtOnce",
            "rebootInterval",
            "approveBefore");

    private RolloutReader() {}

    static Declared read(RolloutKind kind, Reading reading) {
        Reading.Head head = reading.head(SPEC);
        Fields spec = head.spec();
        refuseEmergency(reading, spec);
        String playbook = Reading.required(spec, "playbook", "NAME or NAME@VERSION");
        String window = Reading.required(spec, "window", "a window's name");
        RolloutSpec.Builder message = RolloutSpec.newBuilder()
                .setName(head.name())
                .setPlaybook(playbook)
                .setSelector(Reading.required(spec, "hosts", "which hosts, for example 'host.labels.role == \"web\"'"))
                .setWindow(window);
        params(reading, spec, message);
        if (spec.node("strategy").isPresent()) {
            strategy(reading, reading.section(spec, "strategy", STRATEGY), message);
        }
        RolloutSpec made = message.build();
        List<Reference> needs = List.of(
                reference(spec, PlaybookKind.WORD, "playbook", playbook.replaceFirst("@.*", "")),
                reference(spec, WindowKind.WORD, "window", window));
        return new Declared(
                kind,
                head.name(),
                reading.source().file(),
                head.at(),
                RolloutKind.tree(made),
                needs,
                new RolloutKind.Made(made));
    }

    private static void refuseEmergency(Reading reading, Fields spec) {
        for (String key : List.of("emergency", "emergencyFor")) {
            spec.node(key)
                    .ifPresent(
                            node -> reading.problems()
                                    .add(
                                            node.at(),
                                            spec.path(key),
                                            "an emergency is of a moment, and no file declares it; take drydock rollout create --emergency"));
        }
    }

    private static Reference reference(Fields spec, String kind, String key, String name) {
        return new Reference(
                kind, name, spec.path(key), spec.node(key).map(Node::at).orElse(spec.at()));
    }

    private static void params(Reading reading, Fields spec, RolloutSpec.Builder message) {
        spec.node("params").ifPresent(node -> {
            if (!(node instanceof Node.Mapping params)) {
                spec.wrong("params", "a mapping of names to values");
                return;
            }
            params.entries().forEach((name, entry) -> {
                Optional<String> value = value(entry.value());
                if (value.isEmpty()) {
                    reading.problems()
                            .add(
                                    entry.value().at(),
                                    spec.path("params") + "." + name,
                                    "expected a text, a number or a truth value, found "
                                            + entry.value().describe());
                }
                value.ifPresent(text -> message.putParams(name, text));
            });
        });
    }

    private static Optional<String> value(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null
                ? Optional.of(String.valueOf(scalar.value()))
                : Optional.empty();
    }

    private static void strategy(Reading reading, Fields fields, RolloutSpec.Builder message) {
        reading.items(fields, "waves", "a count such as 4 or a share such as 25%")
                .forEach(wave -> message.addWaves(wave.value()));
        message.setMaxConcurrent(Reading.quantity(fields, "maxConcurrent"))
                .setFailureThreshold(Reading.quantity(fields, "failureThreshold"))
                .setSoak(Times.message(Reading.duration(fields, "soak", Duration.ZERO)))
                .setNeverTogether(Reading.text(fields, "neverTogether"))
                .setRebootsAtOnce(Reading.quantity(fields, "rebootsAtOnce"));
        if (fields.node("rebootInterval").isPresent()) {
            message.setRebootInterval(
                    Times.message(Reading.duration(fields, "rebootInterval", RolloutKind.REBOOT_INTERVAL)));
        }
        for (Reading.Item wave : reading.items(fields, "approveBefore", "a wave's number, from 1")) {
            if (wave.value().matches("[1-9][0-9]{0,5}")) {
                message.addApproveBefore(Integer.parseInt(wave.value()));
            } else {
                reading.problems()
                        .add(wave.at(), wave.path(), "expected a wave's number, from 1, found '" + wave.value() + "'");
            }
        }
    }
}
