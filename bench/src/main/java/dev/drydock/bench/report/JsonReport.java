package dev.drydock.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Reports as JSON, for scripts and between the processes of one run. */
public final class JsonReport implements ReportWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private static final JavaType SECTIONS = MAPPER.getTypeFactory().constructCollectionType(List.class, Section.class);

    @Override
    public String write(Report report) {
        return json(report) + System.lineSeparator();
    }

    /**
     * The sections of a report that {@link #write} made, in another process perhaps.
     *
     * @throws IllegalArgumentException when the text is no such report
     */
    public static List<Section> readSections(String json) {
        try {
            return MAPPER.treeToValue(MAPPER.readTree(json).path("sections"), SECTIONS);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a report of this benchmark: " + json, e);
        }
    }

    /**
     * A whole report that {@link #write} made.
     *
     * @throws IllegalArgumentException when the text is no such report
     */
    public static Report read(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            return Report.of(
                    Instant.parse(tree.path("at").asText()),
                    tree.path("agents").asInt(),
                    MAPPER.treeToValue(tree.path("machine"), Machine.class),
                    readSections(json));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException("not a report of this benchmark: " + json, e);
        }
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report always has a JSON form", e);
        }
    }
}
