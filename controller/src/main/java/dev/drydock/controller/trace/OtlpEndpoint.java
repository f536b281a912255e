package dev.drydock.controller.trace;

import dev.drydock.controller.outgoing.OutgoingUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where traces are sent: an OTLP collector over HTTP. */
public record OtlpEndpoint(URI traces) {
    private static final String PATH = "/v1/traces";

    /**
     * @param text a collector's base address, to which {@code /v1/traces} is added as OTLP has it, or the address with it
     * @throws IllegalArgumentException what is wrong with it
     */
    public static OtlpEndpoint parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no URL; expected for example https://otel.example.com:4318");
        }
        Optional<String> problem = OutgoingUrl.problem(url);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("'" + text + "': " + problem.get());
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("'" + text + "': leave out what follows the path");
        }
        String path = url.getRawPath().replaceFirst("/+$", "");
        String full = path.endsWith(PATH) ? path : path + PATH;
        return new OtlpEndpoint(URI.create(url.getScheme() + "://" + url.getRawAuthority() + full));
    }
}
