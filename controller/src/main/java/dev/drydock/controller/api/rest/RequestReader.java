package dev.drydock.controller.api.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the message of a call out of an HTTP request, as {@code google.api.http} says. */
final class RequestReader {
    private RequestReader() {}

    /**
     * @param query as it was sent
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT with all that is wrong
     */
    static Message read(HttpBinding binding, Map<String, String> variables, String query, byte[] body) {
        Message.Builder message = binding.newRequest();
        JsonRequest json = new JsonRequest();
        readBody(binding, message, body, json);
        variables.forEach((name, value) -> variable(name, value, message, json));
        try {
            for (Map.Entry<String, List<String>> parameter :
                    QueryParameters.parse(query).entrySet()) {
                if (binding.body().equals("*")) {
                    json.problems()
                            .add(parameter.getKey() + ": this call takes no query; all fields belong into the body");
                } else if (variables.containsKey(parameter.getKey())) {
                    json.problems().add(parameter.getKey() + ": is in the path already");
                } else {
                    QueryParameters.put(parameter.getKey(), parameter.getValue(), binding.body(), message, json);
                }
            }
        } catch (BadTextException e) {
            json.problems().add("query: " + e.getMessage());
        }
        if (!json.problems().isEmpty()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(String.join("\n", json.problems()))
                    .asRuntimeException();
        }
        return message.build();
    }

    private static void readBody(HttpBinding binding, Message.Builder message, byte[] body, JsonRequest json) {
        switch (binding.body()) {
            case "" -> {
                if (body.length > 0) {
                    json.problems().add("body: this call takes none");
                }
            }
            case "*" -> json.body(body, message, "");
            default -> {
                FieldDescriptor field = message.getDescriptorForType().findFieldByName(binding.body());
                json.body(body, message.getFieldBuilder(field), "");
            }
        }
    }

    /** What the body says of it must be the same: paths are what proxies let through and logs tell. */
    private static void variable(String name, String value, Message.Builder message, JsonRequest json) {
        Optional<FieldDescriptor> field = Fields.named(message.getDescriptorForType(), name);
        boolean inBody = field.isPresent() && message.hasField(field.get());
        if (inBody && !message.getField(field.get()).equals(value)) {
            json.problems()
                    .add(name + ": \"" + message.getField(field.get()) + "\" is not what the path says, \"" + value
                            + "\"");
        } else if (!inBody) {
            QueryParameters.put(name, List.of(value), "", message, json);
        }
    }
}
