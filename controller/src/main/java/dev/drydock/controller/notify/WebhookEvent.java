package dev.drydock.controller.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;

/** What webhooks get: an object with {@code type}, {@code timestamp} (ISO 8601, UTC) and {@code data}, as Standard Webhooks advises. */
public final class WebhookEvent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookEvent() {}

    /** @param fill puts the data in */
    public static String json(String type, Instant at, Consumer<ObjectNode> fill) {
        ObjectNode event = JSON.createObjectNode().put("type", type).put("timestamp", at.toString());
        fill.accept(event.putObject("data"));
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that is no JSON", e);
        }
    }

    /** The same, with the content of the file that it tells of. */
    public static String with(String json, Attachment file) {
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(json);
            ((ObjectNode) event.get("data").get(Attachment.FIELD)).put("content", file.content());
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that is no JSON", e);
        }
    }
}
