package dev.drydock.dist.packaging;

import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.SyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a package is made of, out of the bill of materials (CycloneDX) that the build makes of all three programs. */
final class Materials {
    private static final int LARGEST = 64 << 20;

    private final Map<String, Map<?, ?>> byJar = new TreeMap<>();
    private final Map<?, ?> whole;

    /** Empty where there is none. */
    private static List<?> list(Map<?, ?> of, String name) {
        return of.get(name) instanceof List<?> list ? list : List.of();
    }

    private Materials(Map<?, ?> whole) {
        this.whole = whole;
        for (Object each : list(whole, "components")) {
            Map<?, ?> component = (Map<?, ?>) each;
            byJar.put(jar(component), component);
        }
    }

    static Materials read(Path bom) throws IOException {
        try {
            return new Materials((Map<?, ?>)
                    JsonReader.read(Files.readAllBytes(bom), LARGEST).plain());
        } catch (SyntaxException e) {
            throw new IOException(bom + " is no bill of materials: " + e.getMessage(), e);
        }
    }

    /** The name of the file in a package. */
    private static String jar(Map<?, ?> component) {
        String purl = String.valueOf(component.get("purl"));
        String name = component.get("name") + "-" + component.get("version");
        int classifier = purl.indexOf("classifier=");
        if (classifier >= 0) {
            name += "-" + purl.substring(classifier + "classifier=".length()).replaceFirst("&.*", "");
        }
        return name + ".jar";
    }

    /** The bill of one package: its jars and its Java runtime, and nothing else. */
    String bill(Software software, Set<String> jars, Map<String, String> runtime) throws IOException {
        List<Object> components = new ArrayList<>();
        Set<Object> known = new TreeSet<>();
        for (String jar : jars) {
            Map<?, ?> component = component(jar);
            components.add(component);
            known.add(component.get("bom-ref"));
        }
        components.add(Map.of(
                "type",
                "framework",
                "bom-ref",
                "java-runtime",
                "name",
                "Java runtime (" + runtime.get("IMPLEMENTOR") + ")",
                "version",
                runtime.get("JAVA_RUNTIME_VERSION"),
                "licenses",
                List.of(Map.of("expression", "GPL-2.0-only WITH Classpath-exception-2.0"))));
        List<Object> dependencies = new ArrayList<>();
        for (Object each : list(whole, "dependencies")) {
            Map<?, ?> dependency = (Map<?, ?>) each;
            if (known.contains(dependency.get("ref"))) {
                List<?> on = dependency.get("dependsOn") instanceof List<?> list ? list : List.of();
                dependencies.add(Map.of(
                        "ref", dependency.get("ref"),
                        "dependsOn", on.stream().filter(known::contains).toList()));
            }
        }
        Map<String, Object> bill = new TreeMap<>();
        bill.put("bomFormat", "CycloneDX");
        bill.put("specVersion", whole.get("specVersion"));
        bill.put("version", 1L);
        bill.put(
                "metadata",
                Map.of(
                        "component",
                        Map.of(
                                "type", "application",
                                "bom-ref", software.name(),
                                "name", software.name(),
                                "version", software.version())));
        bill.put("components", components);
        bill.put("dependencies", dependencies);
        return JsonWriter.text(bill) + "\n";
    }

    /** What people read: each part with its licence. A part that states none is an error, since nobody may hand it on. */
    String thirdParty(Set<String> jars, Map<String, String> runtime) throws IOException {
        StringBuilder text = new StringBuilder("""
                Drydock is under the Apache License 2.0. It is packed with these parts, each under its own licence.
                Of some there are only those classes and methods that Drydock can come to.

                """);
        for (String jar : jars) {
            Map<?, ?> component = component(jar);
            if (!"dev.drydock".equals(component.get("group"))) {
                text.append("%s %s\n    %s\n"
                        .formatted(
                                component.get("group") + ":" + component.get("name"),
                                component.get("version"),
                                licences(component)));
            }
        }
        text.append(
                "Java runtime (%s) %s\n    GPL-2.0-only WITH Classpath-exception-2.0; its parts: legal/ beside the runtime\n"
                        .formatted(runtime.get("IMPLEMENTOR"), runtime.get("JAVA_RUNTIME_VERSION")));
        return text.toString();
    }

    private Map<?, ?> component(String jar) throws IOException {
        Map<?, ?> component = byJar.get(jar);
        if (component == null) {
            throw new IOException(jar + " is not in the bill of materials");
        }
        return component;
    }

    private static String licences(Map<?, ?> component) throws IOException {
        List<String> names = new ArrayList<>();
        if (component.get("licenses") instanceof List<?> licences) {
            for (Object each : licences) {
                Map<?, ?> choice = (Map<?, ?>) each;
                Map<?, ?> licence = choice.get("license") instanceof Map<?, ?> map ? map : choice;
                Object name = licence.get("id") != null
                        ? licence.get("id")
                        : licence.get("name") != null ? licence.get("name") : licence.get("expression");
                names.add(String.valueOf(name));
            }
        }
        if (names.isEmpty()) {
            throw new IOException("no licence is stated of " + component.get("purl"));
        }
        return String.join(" or ", names);
    }

    /** What a Java runtime says of itself. */
    static Map<String, String> runtime(Path folder) throws IOException {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("release"), StandardCharsets.UTF_8)) {
            release.load(reader);
        }
        Map<String, String> all = new TreeMap<>();
        release.forEach((key, value) ->
                all.put(String.valueOf(key), String.valueOf(value).replace("\"", "")));
        all.putIfAbsent("IMPLEMENTOR", "OpenJDK");
        all.putIfAbsent("JAVA_RUNTIME_VERSION", String.valueOf(all.get("JAVA_VERSION")));
        return all;
    }
}
