package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status;
import java.util.Arrays;

/** The one form of failures, as {@link Problem} writes it. */
final class OpenApiProblem {
    private OpenApiProblem() {}

    static ObjectNode schema() {
        ObjectNode schema = OpenApiSchemas.typed("object")
                .put(
                        "description",
                        "A failure: problem details (RFC 9457) that carry the members of google.rpc.Status.");
        ObjectNode properties = schema.putObject("properties");
        properties.set("type", OpenApiSchemas.typed("string"));
        properties.set("title", OpenApiSchemas.typed("string"));
        properties.set("status", OpenApiSchemas.typed("integer").put("description", "The HTTP status."));
        properties.set(
                "detail",
                OpenApiSchemas.typed("string")
                        .put(
                                "description",
                                "For people; of bad input one line for each problem, which begins with the field."));
        properties.set("instance", OpenApiSchemas.typed("string").put("description", "The request's path."));
        properties.set("code", OpenApiSchemas.typed("integer").put("description", "The number of google.rpc.Code."));
        ObjectNode reason = OpenApiSchemas.typed("string").put("description", "The name of google.rpc.Code.");
        Arrays.stream(Status.Code.values())
                .filter(code -> code != Status.Code.OK)
                .forEach(code -> reason.withArray("enum").add(code.name()));
        properties.set("reason", reason);
        properties.set("message", OpenApiSchemas.typed("string").put("description", "The same as detail."));
        ObjectNode details = OpenApiSchemas.typed("array");
        details.set("items", OpenApiSchemas.typed("object").put("additionalProperties", true));
        properties.set("details", details);
        schema.putArray("required")
                .add("type")
                .add("title")
                .add("status")
                .add("detail")
                .add("code")
                .add("reason");
        return schema;
    }

    static ObjectNode response() {
        ObjectNode reference = OpenApiSchemas.typed("object");
        reference.removeAll();
        reference.put("$ref", "#/components/schemas/Problem");
        return OpenApi.content("application/problem+json", reference).put("description", "It was not done.");
    }
}
