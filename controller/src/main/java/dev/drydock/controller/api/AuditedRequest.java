package dev.drydock.controller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the audit log has it: JSON in ASCII as in REST, with "[redacted]" for secrets and a SHA-256 for what is long.
 *
 * @param secrets what was left out, the longest first
 */
record AuditedRequest(String json, List<String> secrets) {
    static final AuditedRequest NONE = new AuditedRequest("", List.of());

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int LONGEST = 16 * 1024;
    /** What is shorter would be found in words that say nothing of it. */
    private static final int SHORTEST_SECRET = 4;

    static AuditedRequest of(@Nullable Object message) {
        if (!(message instanceof Message request)) {
            return NONE;
        }
        RequestJson walk = new RequestJson();
        String json = text(walk.object(request));
        List<String> secrets = walk.secrets().stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return new AuditedRequest(
                json.length() <= LONGEST ? json : text(RequestJson.digest(json.getBytes(StandardCharsets.US_ASCII))),
                secrets);
    }

    private static String text(ObjectNode object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that is no JSON", e);
        }
    }

    /** What is said about a request may quote it. */
    String withoutSecrets(String said) {
        String safe = said;
        for (String secret : secrets) {
            safe = safe.replace(secret, RequestJson.REDACTED);
        }
        return safe;
    }
}
