package dev.drydock.playbooks.middleware;

import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads profiles as people write them. Whatever it does not know is a problem, never ignored. */
public final class ProfileReader {
    private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final Set<String> METADATA = Set.of("name", "description");
    private static final Set<String> SPEC = Set.of("tier", "seriesParts", "movesWith", "variants");
    private static final Set<String> VARIANT = Set.of(
            "managers", "product", "packages", "services", "configuration", "configTest", "same", "probe", "data");
    private static final Set<String> DATA = Set.of("directories", "engine");
    private static final Pattern VERSION = Pattern.compile("drydock/v1");
    private static final Pattern KIND = Pattern.compile("Middleware");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DESCRIPTION = Pattern.compile("(?s).{0,2000}");
    private static final Pattern MANAGER = Pattern.compile("apt|dnf|zypper");
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+._-]*(\\{series}[a-z0-9+._-]*)?");
    private static final Pattern PACKAGES = Pattern.compile("[a-z0-9*?][a-z0-9+._*?-]*(\\{series}[a-z0-9+._*?-]*)?");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9{][A-Za-z0-9:_.@{}\\\\-]*");
    private static final Pattern PATH = Pattern.compile("(?!(.*/)?\\.\\.(/|$))/[^\\x00-\\x1f/][^\\x00-\\x1f]*");
    private static final Pattern ENGINE = Pattern.compile("mariadb|mysql|postgresql");
    private static final Pattern ARGUMENT = Pattern.compile("[^\\x00]{1,4096}");
    private static final int MOST_PARTS = 3;

    private final Problems problems;

    private ProfileReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param fileName for messages only
     * @param yaml UTF-8
     * @throws InvalidPlaybookException with all problems of the file
     */
    public static Profile read(String fileName, byte[] yaml) throws InvalidPlaybookException {
        Problems problems = new Problems(fileName);
        Optional<Profile> profile = PlaybookParser.read(yaml, problems).map(new ProfileReader(problems)::profile);
        if (profile.isPresent() && problems.isEmpty()) {
            return profile.get();
        }
        throw new InvalidPlaybookException(problems.list());
    }

    private Profile profile(Node root) {
        Fields top = Fields.of(root, "", problems);
        top.refuseUnknown(TOP);
        top.requiredText("apiVersion", VERSION, "'drydock/v1'");
        top.requiredText("kind", KIND, "'Middleware'");
        Fields metadata = Fields.of(top.required("metadata"), "metadata", problems);
        metadata.refuseUnknown(METADATA);
        Fields spec = Fields.of(top.required("spec"), "spec", problems);
        spec.refuseUnknown(SPEC);
        return new Profile(
                metadata.requiredText("name", NAME, "a name of lower-case letters, digits and dashes, at most 63"),
                metadata.text("description", DESCRIPTION, "at most 2000 characters")
                        .orElse(""),
                spec.choice("tier", Profile.Tier.WEB),
                seriesParts(spec),
                texts(spec, "movesWith", NAME, "the name of a profile"),
                variants(spec));
    }

    private int seriesParts(Fields spec) {
        Optional<Node> node = spec.node("seriesParts");
        if (node.isEmpty()) {
            return 2;
        }
        if (node.get() instanceof Node.Scalar scalar
                && scalar.value() instanceof Long parts
                && parts >= 1
                && parts <= MOST_PARTS) {
            return parts.intValue();
        }
        spec.wrong("seriesParts", "a number from 1 to " + MOST_PARTS);
        return 2;
    }

    private List<Variant> variants(Fields spec) {
        List<Variant> variants = new ArrayList<>();
        List<Node> nodes = spec.list("variants");
        if (nodes.isEmpty()) {
            problems.add(spec.at(), "spec", "the key 'variants' is missing: how the middleware is packaged");
        }
        for (int i = 0; i < nodes.size(); i++) {
            variants.add(variant(Fields.of(nodes.get(i), Paths.item(spec.path("variants"), i), problems)));
        }
        return variants;
    }

    private Variant variant(Fields fields) {
        fields.refuseUnknown(VARIANT);
        String product = fields.requiredText("product", PACKAGE, "the name of a package, perhaps with {series}");
        List<String> packages = texts(fields, "packages", PACKAGES, "names of packages with * and ? and {series}");
        if (packages.isEmpty()) {
            problems.add(fields.at(), fields.path("packages"), "expected at least the product's own package");
        }
        return new Variant(
                texts(fields, "managers", MANAGER, "apt, dnf or zypper"),
                product,
                packages,
                texts(fields, "services", SERVICE, "the name of a service"),
                texts(fields, "configuration", PATH, "an absolute path without '..'"),
                commands(fields, "configTest"),
                commands(fields, "same"),
                commands(fields, "probe"),
                fields.node("data").map(node -> data(Fields.of(node, fields.path("data"), problems))));
    }

    private Variant.Data data(Fields fields) {
        fields.refuseUnknown(DATA);
        List<String> directories = texts(fields, "directories", PATH, "an absolute path without '..'");
        if (directories.isEmpty()) {
            problems.add(fields.at(), fields.path("directories"), "expected the directories with the data");
        }
        return new Variant.Data(directories, fields.text("engine", ENGINE, "mariadb, mysql or postgresql"));
    }

    private List<List<String>> commands(Fields fields, String key) {
        List<List<String>> commands = new ArrayList<>();
        List<Node> nodes = fields.list(key);
        for (int i = 0; i < nodes.size(); i++) {
            String path = Paths.item(fields.path(key), i);
            if (nodes.get(i) instanceof Node.Sequence argv && !argv.items().isEmpty()) {
                commands.add(texts(argv.items(), path, ARGUMENT, "text"));
            } else {
                problems.add(
                        nodes.get(i).at(),
                        path,
                        "expected a list with a program and its arguments, found "
                                + nodes.get(i).describe());
            }
        }
        return commands;
    }

    private List<String> texts(Fields fields, String key, Pattern pattern, String expected) {
        return texts(fields.list(key), fields.path(key), pattern, expected);
    }

    private List<String> texts(List<Node> nodes, String path, Pattern pattern, String expected) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node instanceof Node.Scalar scalar
                    && scalar.value() instanceof String text
                    && pattern.matcher(text).matches()) {
                texts.add(text);
            } else {
                problems.add(node.at(), Paths.item(path, i), "expected " + expected + ", found " + node.describe());
            }
        }
        return texts;
    }
}
