package dev.drydock.controller.api.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.linecorp.armeria.common.HttpMethod;
import java.util.Optional;

/**
 * What {@code google.api.http} says of a method.
 *
 * @param body the field that is the body, "*": all that the path does not hold; empty: there is none
 */
record RestMethod(MethodDescriptor definition, HttpMethod verb, PathTemplate path, String body) {
    /** Empty: it says nothing. */
    static Optional<RestMethod> of(MethodDescriptor definition) {
        if (!definition.getOptions().hasExtension(AnnotationsProto.http)) {
            return Optional.empty();
        }
        HttpRule rule = definition.getOptions().getExtension(AnnotationsProto.http);
        return Optional.of(
                switch (rule.getPatternCase()) {
                    case GET -> method(definition, HttpMethod.GET, rule.getGet(), rule);
                    case PUT -> method(definition, HttpMethod.PUT, rule.getPut(), rule);
                    case POST -> method(definition, HttpMethod.POST, rule.getPost(), rule);
                    case PATCH -> method(definition, HttpMethod.PATCH, rule.getPatch(), rule);
                    case DELETE -> method(definition, HttpMethod.DELETE, rule.getDelete(), rule);
                    case CUSTOM, PATTERN_NOT_SET ->
                        throw new IllegalArgumentException(definition.getFullName() + " has no verb that REST serves");
                });
    }

    private static RestMethod method(MethodDescriptor definition, HttpMethod verb, String path, HttpRule rule) {
        return new RestMethod(definition, verb, PathTemplate.parse(path), rule.getBody());
    }
}
