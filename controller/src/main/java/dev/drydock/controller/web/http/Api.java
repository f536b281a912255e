package dev.drydock.controller.web.http;

import dev.drydock.controller.api.CameFrom;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The API as one user calls it.
 *
 * @param channel in process
 * @param session whose calls they are
 * @param address where the browser is
 */
public record Api(Channel channel, WebSession session, String address) {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final long PATIENCE_SECONDS = 60;

    /** For calls that are answered at once. */
    public <S extends AbstractStub<S>> S calls(Function<Channel, S> stub) {
        return stream(stub).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** For answers that go on. */
    public <S extends AbstractStub<S>> S stream(Function<Channel, S> stub) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, session.authorization());
        headers.put(CameFrom.ADDRESS, address);
        return stub.apply(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withMaxInboundMessageSize(Integer.MAX_VALUE);
    }
}
