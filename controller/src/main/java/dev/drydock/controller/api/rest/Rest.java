package dev.drydock.controller.api.rest;

import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.drydock.controller.api.ApiServices;

/** JSON over HTTP, as {@code google.api.http} says of each method (AIP-127). */
public final class Rest {
    private Rest() {}

    /** How requests are read and failures told. */
    public static HttpJsonTranscodingOptions options() {
        return HttpJsonTranscodingOptions.builder()
                .queryParamMatchRules(
                        HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE,
                        HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD)
                .errorHandler(Problem::answer)
                .build();
    }

    /** How messages are written and read. */
    public static GrpcJsonMarshaller json() {
        return ProtoJson.INSTANCE;
    }

    /** What there is beside single calls. */
    public static void addTo(ServerBuilder server, ApiServices services) {}
}
