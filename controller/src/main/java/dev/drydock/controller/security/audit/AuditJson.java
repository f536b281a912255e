package dev.drydock.controller.security.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The one form of an entry: one line of JSON, members in this order, those that say nothing left out, all that is not ASCII escaped.
 * So its bytes are the same wherever it is kept and sent.
 */
final class AuditJson {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private AuditJson() {}

    static String body(long seq, Instant at, AuditEvent event, String previous) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("seq", seq);
            json.writeStringField("at", MICROS.format(at));
            member(json, "kind", event.kind());
            member(json, "call", event.call());
            member(json, "user", event.user());
            member(json, "credential", event.credential());
            member(json, "address", event.address());
            member(json, "method", event.method());
            if (!event.request().isEmpty()) {
                json.writeFieldName("request");
                json.writeRawValue(event.request());
            }
            if (event.outcome().isPresent()) {
                json.writeObjectFieldStart("outcome");
                member(json, "code", event.outcome().get().code());
                member(json, "description", event.outcome().get().description());
                json.writeEndObject();
            }
            if (!event.detail().isEmpty()) {
                json.writeObjectFieldStart("detail");
                for (Map.Entry<String, String> one : event.detail().entrySet()) {
                    json.writeStringField(one.getKey(), one.getValue());
                }
                json.writeEndObject();
            }
            member(json, "previous", previous);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an entry that is no JSON", e);
        }
        return text.toString();
    }

    private static void member(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
