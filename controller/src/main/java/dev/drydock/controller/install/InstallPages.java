package dev.drydock.controller.install;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.file.FileService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a host that knows nothing yet may fetch: {@code /ca.crt}, and where there are packages {@code /install.sh} and
 * {@code /packages/NAME}. Nobody has to log in for it, and nothing of it is secret.
 */
public final class InstallPages {
    private static final MediaType SHELL =
            MediaType.create("text", "x-shellscript").withCharset(StandardCharsets.UTF_8);
    private static final MediaType PEM = MediaType.create("application", "x-pem-file");
    private static final String SUMS = "SHA256SUMS";

    private final String name;
    private final int agentPort;
    private final String caPem;
    private final String fingerprint;
    private final Optional<Path> packages;

    /**
     * @param name under which hosts reach the controller
     * @param agentPort where agents come
     * @param caPem the CA's certificate
     * @param fingerprint of it, in hexadecimal digits
     * @param packages a folder with packages and their {@code SHA256SUMS}
     */
    public InstallPages(String name, int agentPort, String caPem, String fingerprint, Optional<Path> packages) {
        this.name = name.contains(":") ? "[" + name + "]" : name;
        this.agentPort = agentPort;
        this.caPem = caPem;
        this.fingerprint = fingerprint;
        this.packages = packages;
    }

    public void addTo(ServerBuilder server) {
        server.service("/ca.crt", (context, request) -> HttpResponse.of(HttpStatus.OK, PEM, caPem));
        packages.ifPresent(folder -> {
            server.service("/install.sh", (context, request) -> install(folder, context.localAddress()));
            FileService files = FileService.builder(folder).maxCacheEntries(0).build();
            server.serviceUnder("/packages", files.decorate((delegate, context, request) -> {
                // A host at the end of a slow line takes minutes for a package.
                context.clearRequestTimeout();
                return delegate.serve(context, request);
            }));
        });
    }

    private HttpResponse install(Path folder, InetSocketAddress here) {
        InstallScript script =
                new InstallScript("https://" + name + ":" + here.getPort(), name + ":" + agentPort, caPem, fingerprint);
        try {
            return HttpResponse.of(HttpStatus.OK, SHELL, script.text(Files.readString(folder.resolve(SUMS))));
        } catch (IOException e) {
            return HttpResponse.of(
                    HttpStatus.NOT_FOUND,
                    MediaType.PLAIN_TEXT_UTF_8,
                    "The folder of packages (--packages) has no readable " + SUMS + ".\n");
        }
    }
}
