package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The REST API described for programs (OpenAPI 3.1), made of the definition and of nothing else. */
final class OpenApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ABOUT =
            "The management plane of Drydock, which patches fleets of servers. The same methods are served as gRPC on the"
                    + " same port. Streams are server-sent events (text/event-stream): events `message`, whose data is JSON,"
                    + " and at the end one `end`, or one `error` whose data is a Problem.";

    private final ApiDefinition definition;
    private final OpenApiSchemas schemas;
    private final Set<String> operationIds = new HashSet<>();

    private OpenApi(ApiDefinition definition) {
        this.definition = definition;
        this.schemas = new OpenApiSchemas(definition.comments());
    }

    /** The same for the same definition, in the same order. */
    static ObjectNode document(ApiDefinition definition) {
        return new OpenApi(definition).document();
    }

    private ObjectNode document() {
        ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
        ObjectNode info = document.putObject("info");
        info.put("title", "Drydock").put("version", "v1").put("description", ABOUT);
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray("bearer");
        ArrayNode tags = document.putArray("tags");
        Map<String, ObjectNode> paths = new TreeMap<>();
        for (ServiceDescriptor service : definition.services()) {
            ObjectNode tag = tags.addObject().put("name", service.getName());
            OpenApiSchemas.describe(tag, definition.comments().of(service.getFullName()));
            for (MethodDescriptor method : service.getMethods()) {
                RestMethod.of(method)
                        .ifPresent(rest -> paths.computeIfAbsent(rest.path().text(), path -> NODES.objectNode())
                                .set(rest.verb().name().toLowerCase(Locale.ROOT), operation(rest)));
            }
        }
        ObjectNode pathsNode = document.putObject("paths");
        paths.forEach(pathsNode::set);
        ObjectNode components = document.putObject("components");
        ObjectNode schemasNode = components.putObject("schemas");
        schemas.components().put("Problem", OpenApiProblem.schema());
        schemas.components().forEach(schemasNode::set);
        components.putObject("responses").set("Problem", OpenApiProblem.response());
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A user's token.");
        return document;
    }

    private ObjectNode operation(RestMethod rest) {
        MethodDescriptor method = rest.definition();
        String name = method.getName();
        String id = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        if (!operationIds.add(id)) {
            throw new IllegalStateException("two methods of the API are called " + name);
        }
        ObjectNode operation = NODES.objectNode();
        operation.putArray("tags").add(method.getService().getName());
        operation.put("operationId", id);
        OpenApiSchemas.describe(operation, definition.comments().of(method.getFullName()));
        ArrayNode parameters = NODES.arrayNode();
        rest.path().variables().forEach(variable -> parameters.add(variable(rest, variable)));
        if (method.isClientStreaming()) {
            upload(operation, parameters);
        } else {
            if (!rest.body().equals("*")) {
                query(rest, method.getInputType(), "", Set.of(), parameters);
            }
            body(rest).ifPresent(body -> operation.set("requestBody", body));
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        ObjectNode responses = operation.putObject("responses");
        responses.set("200", answer(method));
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
        return operation;
    }

    private ObjectNode variable(RestMethod rest, String variable) {
        FieldDescriptor field = field(rest, variable);
        ObjectNode parameter =
                NODES.objectNode().put("name", variable).put("in", "path").put("required", true);
        OpenApiSchemas.describe(parameter, definition.comments().of(field.getFullName()));
        parameter.set("schema", schemas.schema(field));
        return parameter;
    }

    /** @param above messages that this one is in: one that holds itself has no end */
    private void query(RestMethod rest, Descriptor type, String prefix, Set<Descriptor> above, ArrayNode parameters) {
        Set<Descriptor> inside = new HashSet<>(above);
        inside.add(type);
        for (FieldDescriptor field : type.getFields()) {
            boolean taken = prefix.isEmpty()
                    && (rest.path().variables().contains(field.getName())
                            || field.getName().equals(rest.body()));
            if (taken || field.isMapField()) {
                continue;
            }
            if (!JsonRequest.isPlainMessage(field)) {
                ObjectNode parameter = parameters
                        .addObject()
                        .put("name", prefix + field.getJsonName())
                        .put("in", "query");
                OpenApiSchemas.describe(parameter, definition.comments().of(field.getFullName()));
                parameter.set("schema", schemas.schema(field));
            } else if (!field.isRepeated() && !inside.contains(field.getMessageType())) {
                query(rest, field.getMessageType(), prefix + field.getJsonName() + ".", inside, parameters);
            }
        }
    }

    private Optional<ObjectNode> body(RestMethod rest) {
        return switch (rest.body()) {
            case "" -> Optional.empty();
            case "*" ->
                Optional.of(content(
                        "application/json", schemas.reference(rest.definition().getInputType())));
            default -> Optional.of(content("application/json", schemas.schema(field(rest, rest.body()))));
        };
    }

    private static FieldDescriptor field(RestMethod rest, String name) {
        return Fields.named(rest.definition().getInputType(), name)
                .orElseThrow(
                        () -> new IllegalArgumentException(rest.definition().getFullName() + " has no field " + name));
    }

    private static void upload(ObjectNode operation, ArrayNode parameters) {
        for (String name : List.of("digest", "name")) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .put("required", true)
                    .set("schema", OpenApiSchemas.typed("string"));
        }
        operation.set(
                "requestBody",
                content(
                                "application/octet-stream",
                                OpenApiSchemas.typed("string").put("format", "binary"))
                        .put("required", true));
    }

    private ObjectNode answer(MethodDescriptor method) {
        ObjectNode schema = schemas.reference(method.getOutputType());
        ObjectNode answer = method.isServerStreaming()
                ? content("text/event-stream", OpenApiSchemas.typed("string"))
                        .put(
                                "description",
                                "The data of each event `message` is of the schema "
                                        + schema.get("$ref").asText().substring("#/components/schemas/".length()) + ".")
                : content("application/json", schema).put("description", "It was done.");
        if (method.isServerStreaming()) {
            answer.set("x-event-data", schema);
        }
        return answer;
    }

    static ObjectNode content(String type, ObjectNode schema) {
        ObjectNode node = NODES.objectNode();
        node.putObject("content").putObject(type).set("schema", schema);
        return node;
    }
}
