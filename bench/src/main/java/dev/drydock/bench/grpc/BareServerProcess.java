package dev.drydock.bench.grpc;

import dev.drydock.bench.process.JavaProcess;
import dev.drydock.bench.process.ServerJvm;
import dev.drydock.bench.tls.PemFiles;
import dev.drydock.bench.tls.ThrowAwayCa;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The bare server in a JVM of its own; its key and its authority lie in the directory, and clients may show the same. */
public record BareServerProcess(JavaProcess process, int port) implements AutoCloseable {

    public static BareServerProcess start(Path directory, Clock clock, Duration timeout)
            throws IOException, InterruptedException {
        ThrowAwayCa ca = new ThrowAwayCa(clock.instant());
        PemFiles.in(directory).write(ca.issue("localhost"), ca);
        JavaProcess process = JavaProcess.start(
                "the bare gRPC server",
                ServerJvm.FLAGS,
                BareServer.class.getName(),
                List.of(directory.toString(), Long.toString(timeout.toSeconds())),
                ProcessBuilder.Redirect.INHERIT);
        String ready = process.awaitLine("its port", line -> line.startsWith(BareServer.READY), timeout);
        return new BareServerProcess(process, Integer.parseInt(ready.substring(BareServer.READY.length())));
    }

    @Override
    public void close() {
        process.close();
    }
}
