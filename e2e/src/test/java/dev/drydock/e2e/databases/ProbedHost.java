package dev.drydock.e2e.databases;

import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.testcontainers.images.builder.Transferable;

/** A web host of the lab on which {@link DatabaseProbe} can be called. */
record ProbedHost(LabHost host) implements AutoCloseable {
    private static final String CLASS = DatabaseProbe.class.getName().replace('.', '/') + ".class";

    static ProbedHost start(Lab lab, String name) {
        LabHost host = lab.webHost(name);
        host.start();
        try (InputStream in = DatabaseProbe.class.getClassLoader().getResourceAsStream(CLASS)) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            host.copyFileToContainer(Transferable.of(bytes), "/opt/probe/" + CLASS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProbedHost(host);
    }

    /** What it printed, all of it when it failed. */
    String probe(String... args) {
        return host.sh(command(args));
    }

    /** Why it failed. */
    String failure(String... args) {
        var result = host.trySh(command(args));
        if (result.getExitCode() == 0) {
            throw new AssertionError("did not fail: " + String.join(" ", args));
        }
        return result.getStderr();
    }

    private static String command(String... args) {
        return "/opt/drydock-agent/runtime/bin/java -cp '/opt/drydock-agent/lib/*:/opt/probe' "
                + DatabaseProbe.class.getName() + " '" + String.join("' '", args) + "'";
    }

    @Override
    public void close() {
        host.close();
    }
}
