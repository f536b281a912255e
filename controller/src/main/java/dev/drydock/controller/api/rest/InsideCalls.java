package dev.drydock.controller.api.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.api.CameFrom;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the API's services in this process, in the name of whoever sent an HTTP request: they pass all that guards them. */
record InsideCalls(Channel channel) {
    /** What a request's headers and a call's metadata have in common. */
    private static final List<String> PASSED_ON = List.of("authorization", "idempotency-key", "user-agent");

    ClientCall<Message, Message> call(ServiceRequestContext context, HttpRequest request, HttpBinding binding) {
        Metadata metadata = new Metadata();
        for (String name : PASSED_ON) {
            @Nullable String value = request.headers().get(name);
            if (value != null) {
                metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
            }
        }
        metadata.put(CameFrom.ADDRESS, context.remoteAddress().getAddress().getHostAddress());
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata))
                .newCall(binding.method(), CallOptions.DEFAULT);
    }
}
