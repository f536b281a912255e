package dev.drydock.cli.client;

import dev.drydock.cli.CliException;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;

/** TLS to the controller, trusting the context's CA file and nothing else. */
public final class TlsChannels implements Channels {
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    @Override
    public ManagedChannel open(Target target) {
        return OkHttpChannelBuilder.forAddress(target.host(), target.port(), credentials(target))
                .maxInboundMessageSize(LARGEST_ANSWER)
                .userAgent("drydock")
                .build();
    }

    private static ChannelCredentials credentials(Target target) {
        if (!Files.isReadable(target.ca())) {
            throw unusable(target, "it does not exist or cannot be read");
        }
        try {
            return TlsChannelCredentials.newBuilder()
                    .trustManager(target.ca().toFile())
                    .build();
        } catch (IOException e) {
            throw unusable(target, String.valueOf(e.getMessage()));
        }
    }

    private static CliException unusable(Target target, String why) {
        return CliException.failed(
                "Cannot use the CA file " + target.ca() + " of context " + target.context() + ": " + why + ".",
                "Copy ca/ca.crt from the controller's data directory and run drydock login again.");
    }
}
