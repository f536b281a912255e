package dev.drydock.controller.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/api.md} names the services and calls that there are, and documents name paths that there are. */
final class ApiPageTest {
    private static final Path DOCUMENTS = Path.of("../docs");
    private static final Pattern ROW = Pattern.compile("\\| (?<service>[A-Za-z]+Service) \\| (?<calls>.*) \\|");
    private static final Pattern CALL = Pattern.compile("[A-Z][A-Za-z]+");
    private static final Pattern PATH = Pattern.compile("(?<![a-z])/v1/[A-Za-z0-9_{}/%-]+(:[a-z][A-Za-z]*)?");

    private final List<ServiceDescriptor> services = ApiDefinition.read().services();

    @Test
    void theTableOfCallsIsTheDefinitions() throws IOException {
        Map<String, TreeSet<String>> told = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENTS.resolve("api.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(told.put(row.group("service"), calls(row.group("calls"))))
                        .as("a second line of " + row.group("service"))
                        .isNull();
            }
        }
        Map<String, TreeSet<String>> there = new TreeMap<>();
        services.forEach(service -> there.put(
                service.getName(),
                new TreeSet<>(service.getMethods().stream()
                        .map(MethodDescriptor::getName)
                        .toList())));

        assertThat(told).isEqualTo(there);
    }

    /** What stands before the words on it, and not in brackets. */
    private static TreeSet<String> calls(String cell) {
        String plain = cell;
        for (String before = ""; !before.equals(plain); ) {
            before = plain;
            plain = plain.replaceAll("\\([^()]*\\)", "");
        }
        TreeSet<String> calls = new TreeSet<>();
        Matcher call = CALL.matcher(plain.split("(:|\\.|;) ")[0]);
        while (call.find()) {
            calls.add(call.group());
        }
        return calls;
    }

    @Test
    void everyPathInADocumentIsServed() throws IOException {
        List<PathTemplate> served = new ArrayList<>();
        services.forEach(
                service -> service.getMethods().forEach(method -> served.add(PathTemplate.parse(path(method)))));
        List<String> unknown = new ArrayList<>();
        int seen = 0;
        for (Path page : documents()) {
            Matcher path = PATH.matcher(Files.readString(page));
            while (path.find()) {
                String asked = path.group();
                // Of OpenTelemetry's collector, and the description itself, which is no call.
                if (asked.equals("/v1/traces") || asked.startsWith("/v1/openapi")) {
                    continue;
                }
                seen++;
                if (served.stream().noneMatch(template -> fits(template, asked))) {
                    unknown.add(page + ": " + asked);
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(seen).isGreaterThan(10);
    }

    private static boolean fits(PathTemplate template, String asked) {
        return template.pattern().matcher(asked).matches()
                && template.hasVerb() == asked.lastIndexOf(':') > asked.lastIndexOf('/');
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(DOCUMENTS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/decisions/"))
                    .sorted()
                    .toList();
        }
    }

    private static String path(MethodDescriptor method) {
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        return switch (rule.getPatternCase()) {
            case GET -> rule.getGet();
            case PUT -> rule.getPut();
            case POST -> rule.getPost();
            case DELETE -> rule.getDelete();
            case PATCH -> rule.getPatch();
            case CUSTOM, PATTERN_NOT_SET ->
                throw new IllegalStateException(method.getFullName() + " has no path that REST serves");
        };
    }
}
