package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what paths and queries hold into a message: {@code window.name=x} is the field name of the field window. */
final class QueryParameters {
    private static final String SEPARATOR = "\\.";

    private QueryParameters() {}

    /**
     * @param raw as it was sent, without the question mark
     * @return in the order of the first of each name
     * @throws BadTextException when it is not UTF-8
     */
    static Map<String, List<String>> parse(String raw) throws BadTextException {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = Utf8.percentDecoded(equals < 0 ? part : part.substring(0, equals), true);
            String value = equals < 0 ? "" : Utf8.percentDecoded(part.substring(equals + 1), true);
            parameters.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    /**
     * @param taken a field that the path or the body holds, and which must not come again; empty: none
     * @param json keeps the problems
     */
    static void put(String name, List<String> values, String taken, Message.Builder into, JsonRequest json) {
        Message.Builder message = into;
        String[] path = name.split(SEPARATOR, -1);
        for (int i = 0; i < path.length; i++) {
            Optional<FieldDescriptor> field = Fields.named(message.getDescriptorForType(), path[i]);
            if (field.isEmpty()) {
                json.problems()
                        .add(name + ": is no parameter of this call; there are "
                                + Fields.names(message.getDescriptorForType()));
                return;
            }
            if (i == 0 && field.get().getName().equals(taken)) {
                json.problems().add(name + ": belongs into the body, not into the query");
                return;
            }
            if (i == path.length - 1) {
                last(field.get(), name, values, message, json);
                return;
            }
            if (!JsonRequest.isPlainMessage(field.get()) || field.get().isRepeated()) {
                json.problems().add(name + ": " + field.get().getJsonName() + " has no fields that a query could set");
                return;
            }
            message = message.getFieldBuilder(field.get());
        }
    }

    private static void last(
            FieldDescriptor field, String name, List<String> values, Message.Builder into, JsonRequest json) {
        if (JsonRequest.isPlainMessage(field) || field.isMapField()) {
            json.problems().add(name + ": has fields; a query sets each of them, as in " + name + ".FIELD=VALUE");
        } else if (field.isRepeated()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            values.forEach(all::add);
            json.field(field, all, into, name);
        } else if (values.size() > 1) {
            json.problems().add(name + ": is given " + values.size() + " times, but takes one value");
        } else {
            json.field(field, node(values.getFirst()), into, name);
        }
    }

    private static JsonNode node(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }
}
