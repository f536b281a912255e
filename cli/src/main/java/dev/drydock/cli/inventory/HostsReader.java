package dev.drydock.cli.inventory;

import dev.drydock.cli.ssh.Fingerprint;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the shape of a file of hosts. Whatever it does not know is a problem. */
final class HostsReader {
    private static final Set<String> DEFAULTS = Set.of("user", "port", "key", "jump", "become", "labels");
    private static final Set<String> HOST =
            Set.of("name", "address", "user", "port", "key", "hostKey", "jump", "become", "labels");
    private static final Set<String> JUMP = Set.of("name", "address", "user", "port", "key", "hostKey");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,198}[a-z0-9])?");
    private static final String A_NAME =
            "a name of lower-case letters, digits, dots, dashes and underscores, with a letter or digit first and last";
    private static final Pattern BECOME = Pattern.compile("sudo|none");
    private static final Pattern FILE = Pattern.compile(".+");
    private static final String A_HOST = "a host name or an IP address";

    private final Problems problems;
    private final Map<String, Machine> jumps = new HashMap<>();

    HostsReader(Problems problems) {
        this.problems = problems;
    }

    List<ListedHost> read(Node root) {
        Fields top = Fields.of(root, "", problems);
        top.refuseUnknown(Set.of("apiVersion", "kind", "spec"));
        top.requiredText("apiVersion", Pattern.compile("drydock/v1"), "'drydock/v1'");
        top.requiredText("kind", Pattern.compile("Hosts"), "'Hosts'");
        if (top.node("spec").isEmpty()) {
            Node unused = top.required("spec");
            return List.of();
        }
        Fields spec = Fields.of(top.required("spec"), "spec", problems);
        spec.refuseUnknown(Set.of("defaults", "jumps", "hosts"));
        each(spec, "jumps", this::jump);
        Fields defaults = Fields.of(
                spec.node("defaults").orElseGet(() -> new Node.Mapping(spec.at(), Map.of())),
                "spec.defaults",
                problems);
        defaults.refuseUnknown(DEFAULTS);
        Common common = common(defaults);
        List<ListedHost> hosts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        each(spec, "hosts", fields -> hosts.add(host(fields, common, names)));
        if (hosts.isEmpty() && !problems.has("spec.hosts")) {
            problems.add(spec.at(), "spec", "expected at least one host under 'hosts'");
        }
        return hosts;
    }

    /** What a host may say, and the defaults for all. */
    private record Common(
            Optional<String> user,
            Optional<Integer> port,
            Optional<String> key,
            Optional<List<Machine>> jumps,
            Optional<String> become,
            Map<String, String> labels) {}

    private Common common(Fields fields) {
        return new Common(
                fields.text("user", Machine.USER, "a user's name"),
                port(fields),
                fields.text("key", FILE, "a file with a private key"),
                fields.node("jump").map(node -> path(node, fields.path("jump"))),
                fields.text("become", BECOME, "sudo or none"),
                labels(fields));
    }

    private ListedHost host(Fields fields, Common defaults, Set<String> names) {
        fields.refuseUnknown(HOST);
        String name = fields.requiredText("name", NAME, A_NAME);
        if (!name.isEmpty() && !names.add(name)) {
            fields.wrong("name", "a name that no other host of this file has");
        }
        Common own = common(fields);
        Machine machine = new Machine(
                fields.text("address", Machine.HOST, A_HOST).orElse(name),
                own.port().or(defaults::port),
                own.user().or(defaults::user),
                own.key().or(defaults::key),
                fingerprints(fields));
        Map<String, String> labels = new TreeMap<>(defaults.labels());
        labels.putAll(own.labels());
        return new ListedHost(
                name,
                machine,
                own.jumps().or(defaults::jumps).orElse(List.of()),
                own.become().or(defaults::become),
                labels);
    }

    private void jump(Fields fields) {
        fields.refuseUnknown(JUMP);
        String name = fields.requiredText("name", NAME, A_NAME);
        Machine machine = new Machine(
                fields.text("address", Machine.HOST, A_HOST).orElse(name),
                port(fields),
                fields.text("user", Machine.USER, "a user's name"),
                fields.text("key", FILE, "a file with a private key"),
                fingerprints(fields));
        if (!name.isEmpty() && jumps.put(name, machine) != null) {
            fields.wrong("name", "a name that no other jump host of this file has");
        }
    }

    /** One, or several with the nearest first; each the name of a listed one, or written out. */
    private List<Machine> path(Node node, String path) {
        if (node instanceof Node.Sequence several) {
            List<Machine> machines = new ArrayList<>();
            for (int i = 0; i < several.items().size(); i++) {
                machines.addAll(hop(several.items().get(i), Paths.item(path, i)));
            }
            return machines;
        }
        return hop(node, path);
    }

    private List<Machine> hop(Node node, String path) {
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
            Optional<Machine> found = Optional.ofNullable(jumps.get(text)).or(() -> Machine.parse(text));
            if (found.isPresent()) {
                return List.of(found.get());
            }
        }
        problems.add(
                node.at(),
                path,
                "expected the name of one of spec.jumps, or " + Machine.FORM + ", found " + node.describe());
        return List.of();
    }

    private static Optional<Integer> port(Fields fields) {
        return fields.node("port").flatMap(node -> {
            if (node instanceof Node.Scalar scalar && scalar.value() instanceof Long number && Machine.isPort(number)) {
                return Optional.of(number.intValue());
            }
            fields.wrong("port", "a port, 1 to 65535");
            return Optional.empty();
        });
    }

    private List<String> fingerprints(Fields fields) {
        Optional<Node> node = fields.node("hostKey");
        if (node.isEmpty()) {
            return List.of();
        }
        List<Node> all = node.get() instanceof Node.Sequence several ? several.items() : List.of(node.get());
        List<String> fingerprints = new ArrayList<>();
        for (Node one : all) {
            if (one instanceof Node.Scalar scalar
                    && scalar.value() instanceof String text
                    && Fingerprint.FORM.matcher(text).matches()) {
                fingerprints.add(text);
            } else {
                problems.add(
                        one.at(),
                        fields.path("hostKey"),
                        "expected a fingerprint as ssh-keygen -l shows it, SHA256: and 43 characters, found "
                                + one.describe());
            }
        }
        return fingerprints;
    }

    private Map<String, String> labels(Fields fields) {
        Map<String, String> labels = new TreeMap<>();
        fields.node("labels").ifPresent(node -> {
            if (!(node instanceof Node.Mapping mapping)) {
                fields.wrong("labels", "a mapping such as {role: web}");
                return;
            }
            Fields all = Fields.of(mapping, fields.path("labels"), problems);
            mapping.entries().keySet().forEach(key -> all.text(key).ifPresent(value -> labels.put(key, value)));
        });
        return labels;
    }

    private void each(Fields in, String key, java.util.function.Consumer<Fields> reading) {
        List<Node> items = in.list(key);
        for (int i = 0; i < items.size(); i++) {
            String path = Paths.item(in.path(key), i);
            reading.accept(Fields.of(items.get(i), path, problems));
        }
    }
}
