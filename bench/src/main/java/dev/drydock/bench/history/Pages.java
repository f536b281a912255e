package dev.drydock.bench.history;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.fleet.ControllerProcess;
import dev.drydock.bench.report.Figure;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A browser that is signed in, and a script: what they ask for, over TLS, one after the other, and how long each answer took. */
final class Pages {
    private static final int WARM = 20;
    private static final double MILLI = 1e6;

    private final String base;
    private final String token;
    private final HttpClient client;

    Pages(ControllerProcess controller) throws InterruptedException {
        this.base = "https://" + controller.apiAddress();
        this.token = controller.adminToken();
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", controller.ca());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, trust.getTrustManagers(), null);
            this.client = HttpClient.newBuilder()
                    .sslContext(tls)
                    .cookieHandler(new CookieManager())
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new BenchException("cannot set up TLS for pages", e);
        }
        HttpResponse<String> signedIn = answer(HttpRequest.newBuilder(URI.create(base + "/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "name=admin&password=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build());
        require(signedIn, 303);
    }

    /** @param path of the API or of a page */
    List<Figure> measure(String key, String label, String path, int times) throws InterruptedException {
        long first = System.nanoTime();
        get(path);
        double cold = (System.nanoTime() - first) / MILLI;
        for (int i = 0; i < WARM; i++) {
            get(path);
        }
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            get(path);
            took.add((System.nanoTime() - begun) / MILLI);
        }
        took.sort(Double::compare);
        return List.of(
                new Figure(key + "_first_ms", label + ", the first", cold, "ms"),
                new Figure(key + "_p50_ms", label + ", median", took.get(took.size() / 2), "ms"),
                new Figure(key + "_p99_ms", label + ", p99", took.get((int) Math.ceil(took.size() * 0.99) - 1), "ms"));
    }

    private void get(String path) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (path.startsWith("/v1/")) {
            request.header("Authorization", "Bearer " + token);
        }
        require(answer(request.build()), 200);
    }

    private HttpResponse<String> answer(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BenchException(request.uri() + ": " + e.getMessage(), e);
        }
    }

    private static void require(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            throw new BenchException(answer.uri() + " answered " + answer.statusCode());
        }
    }
}
