package dev.drydock.bench.fleet;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.process.JavaProcess;
import dev.drydock.bench.process.ServerJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real controller in a JVM of its own, with its data in a directory of the benchmark. Ended by {@link #close}. */
public final class ControllerProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private final JavaProcess process;
    private final Path data;
    private final int agentPort;
    private final int apiPort;

    private ControllerProcess(JavaProcess process, Path data, int agentPort, int apiPort) {
        this.process = process;
        this.data = data;
        this.agentPort = agentPort;
        this.apiPort = apiPort;
    }

    /** Its data is in {@code controller} in the directory. */
    public static ControllerProcess start(Path directory, Duration timeout) throws InterruptedException {
        return start(directory, 0, timeout);
    }

    /** @param agentPort where agents look for it; 0: any free one */
    static ControllerProcess start(Path directory, int agentPort, Duration timeout) throws InterruptedException {
        Path data = directory.resolve("controller");
        JavaProcess process = JavaProcess.start(
                "the controller",
                ServerJvm.FLAGS,
                "dev.drydock.controller.Main",
                List.of(
                        "run",
                        "--data",
                        data.toString(),
                        "--agent-listen",
                        "127.0.0.1:" + agentPort,
                        "--api-listen",
                        "127.0.0.1:0"),
                ProcessBuilder.Redirect.to(directory.resolve("controller.log").toFile()));
        try {
            Matcher ports =
                    PORT.matcher(process.awaitLine("that it is ready", line -> line.startsWith("ready"), timeout));
            return new ControllerProcess(process, data, next(ports), next(ports));
        } catch (BenchException e) {
            process.close();
            throw e;
        }
    }

    private static int next(Matcher ports) {
        if (!ports.find()) {
            throw new BenchException("the controller's ready line does not name two addresses of 127.0.0.1");
        }
        return Integer.parseInt(ports.group(1));
    }

    public JavaProcess process() {
        return process;
    }

    int agentPort() {
        return agentPort;
    }

    public String agentAddress() {
        return "127.0.0.1:" + agentPort;
    }

    public String apiAddress() {
        return "127.0.0.1:" + apiPort;
    }

    public X509Certificate ca() {
        try (InputStream file = Files.newInputStream(data.resolve("ca.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        } catch (IOException | CertificateException e) {
            throw new BenchException("the controller's CA certificate cannot be read: " + e.getMessage(), e);
        }
    }

    public String adminToken() {
        try {
            return Files.readString(data.resolve("admin.token")).strip();
        } catch (IOException e) {
            throw new BenchException("the controller's admin token cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
