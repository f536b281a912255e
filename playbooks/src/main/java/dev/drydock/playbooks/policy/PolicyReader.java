package dev.drydock.playbooks.policy;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads policies as people write them, with everything that is wrong in one answer. Needs no network. */
public final class PolicyReader {
    private PolicyReader() {}

    /**
     * @param fileName for messages only
     * @param yaml UTF-8
     * @throws InvalidPlaybookException with all problems of the file; broken YAML syntax hides what comes after it
     */
    public static Policy read(String fileName, byte[] yaml) throws InvalidPlaybookException {
        Problems problems = new Problems(fileName);
        Optional<Policy> policy =
                PlaybookParser.read(yaml, problems).map(root -> new PolicyBinder(problems).bind(root));
        if (policy.isPresent() && problems.isEmpty()) {
            return policy.get();
        }
        throw new InvalidPlaybookException(problems.list());
    }

    /** All that it says, defaults written out, as maps, lists and values. */
    public static Map<String, Object> tree(Policy policy) {
        Map<String, Object> spec = new LinkedHashMap<>();
        policy.hosts().ifPresent(hosts -> spec.put("hosts", hosts));
        spec.put("rules", policy.rules().stream().map(PolicyReader::tree).toList());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("apiVersion", PolicyBinder.API_VERSION);
        root.put("kind", PolicyBinder.KIND);
        root.put("metadata", Map.of("name", policy.name(), "description", policy.description()));
        root.put("spec", spec);
        return root;
    }

    /** Under {@code name} too, so that differences are told by rule. */
    private static Map<String, Object> tree(Policy.Rule rule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", rule.id());
        tree.put("title", rule.title());
        tree.put("severity", rule.severity().name().toLowerCase(Locale.ROOT));
        tree.put(rule.check().key(), rule.check().tree());
        return tree;
    }

    /** SHA-256 of what it means: how it is written makes no difference. */
    public static String digest(Policy policy) {
        return CanonicalForm.digest(JsonWriter.write(tree(policy)));
    }
}
