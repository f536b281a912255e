package dev.drydock.cli.declare;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is on the controller, as a file.
 *
 * @param tree what the file says, in the form of {@link Declared#tree()}
 * @param beside files that stand beside it, by name
 */
record Exported(Kind kind, String name, Map<String, Object> tree, byte[] content, Map<String, byte[]> beside) {
    /** @param spec as it is written; the tree may say less of it */
    static Exported document(
            Kind kind, String name, Map<String, Object> tree, Map<String, Object> spec, Map<String, byte[]> beside) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "drydock/v1");
        document.put("kind", kind.word());
        document.put("metadata", Map.of("name", name));
        document.put("spec", spec);
        return new Exported(kind, name, tree, YamlWriter.write(document).getBytes(StandardCharsets.UTF_8), beside);
    }

    /** {@code windows/sunday-night.yaml}. */
    String path() {
        return kind.folder() + "/" + name + ".yaml";
    }
}
