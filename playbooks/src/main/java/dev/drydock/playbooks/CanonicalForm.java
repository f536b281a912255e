package dev.drydock.playbooks;

import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Param;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.model.Step;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Binder;
import dev.drydock.playbooks.parse.Problems;
import dev.drydock.playbooks.parse.Vocabulary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The one way to write a playbook as bytes: what is signed, stored, addressed by digest and read by agents. Canonical JSON
 * (RFC 8785) of the same shape as the YAML, with all defaults of the language written out. Formatting, comments and the
 * order of keys in the YAML do not change it.
 */
public final class CanonicalForm {
    /** The longest canonical form that is written or read. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final String NAME = "playbook";

    private CanonicalForm() {}

    /** @throws IllegalArgumentException when the playbook holds what canonical JSON cannot, or is larger than the limit */
    public static byte[] write(Playbook playbook) {
        byte[] bytes = JsonWriter.write(tree(playbook));
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the canonical form of playbook " + playbook.name() + " has "
                    + bytes.length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        return bytes;
    }

    /** What is written, as maps, lists and values. */
    static Map<String, Object> tree(Playbook playbook) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("apiVersion", Binder.API_VERSION);
        root.put("kind", Binder.KIND);
        root.put(
                "metadata",
                Map.of(
                        "name",
                        playbook.name(),
                        "description",
                        playbook.description(),
                        "maintenance",
                        lower(playbook.maintenance())));
        root.put("spec", spec(playbook));
        return root;
    }

    /**
     * Reads exactly what {@link #write} writes.
     *
     * @throws InvalidPlaybookException for anything that differs from its own canonical form in a single byte
     */
    public static Playbook read(byte[] canonical) throws InvalidPlaybookException {
        Problems problems = new Problems(NAME);
        try {
            Playbook playbook = new Binder(problems, Vocabulary.ANY).bind(JsonReader.read(canonical, MAX_BYTES));
            if (problems.isEmpty()) {
                if (Arrays.equals(write(playbook), canonical)) {
                    return playbook;
                }
                problems.add(Position.START, "", "is not in canonical form; write it again from its source");
            }
        } catch (SyntaxException e) {
            problems.add(e);
        }
        throw new InvalidPlaybookException(problems.list());
    }

    /** Lower-case hex SHA-256: the playbook's address. */
    public static String digest(byte[] canonical) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Map<String, Object> spec(Playbook playbook) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Map<String, Object> params = new LinkedHashMap<>();
        playbook.params().forEach((name, param) -> params.put(name, param(param)));
        spec.put("params", params);
        playbook.hosts().ifPresent(hosts -> spec.put("hosts", hosts));
        spec.put("preflight", checks(playbook.preflight()));
        spec.put("steps", playbook.steps().stream().map(CanonicalForm::step).toList());
        spec.put("verify", checks(playbook.verify()));
        spec.put("onFailure", lower(playbook.onFailure()));
        spec.put("onWindowEnd", lower(playbook.onWindowEnd()));
        return spec;
    }

    private static Map<String, Object> param(Param param) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", lower(param.type()));
        param.defaultValue().ifPresent(value -> out.put("default", value));
        out.put("description", param.description().orElse(""));
        out.put("allowed", param.allowed());
        return out;
    }

    private static List<Map<String, Object>> checks(List<Step> checks) {
        return checks.stream().map(CanonicalForm::common).toList();
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> out = common(step);
        out.put("verify", checks(step.verify()));
        step.rollbackTimeout().ifPresent(timeout -> out.put("rollbackTimeout", Units.text(timeout)));
        if (step.irreversible()) {
            out.put("irreversible", "accepted");
        }
        return out;
    }

    private static Map<String, Object> common(Step step) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", step.name());
        out.put(step.action(), args(step.args()));
        step.when().ifPresent(when -> out.put("when", when));
        step.timeout().ifPresent(timeout -> out.put("timeout", Units.text(timeout)));
        return out;
    }

    private static Object args(Args args) {
        Object bare = args.values().get(Args.VALUE);
        return bare != null && args.values().size() == 1 && !(bare instanceof Map) ? bare : args.values();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
