package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of the pages, by the server's own routes, as another site would have a browser send it. */
final class FormAbuseTest {
    private static final String GOOD = "csrf=" + TestingWeb.CSRF;

    @TempDir
    Path directory;

    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        // No services: whatever is let through fails, and is seen to.
        web = new TestingWeb(directory, List.of());
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String header, String value) {
        return header.isEmpty() ? request : request.header(header, value);
    }

    private void assertNotDone(String path, String header, String value, String body) throws Exception {
        HttpResponse<String> answer = web.send(TestingWeb.form(with(web.asVera(path), header, value), body));
        assertThat(answer.statusCode())
                .as("%s %s %s %s", path, header, value, body)
                .isEqualTo(403);
        assertThat(answer.body()).as(path).contains("nothing was done");
    }

    @Test
    void noFormOfAnotherSiteDoesAnything() throws Exception {
        List<String> forms =
                web.forms().stream().filter(path -> !path.equals("/sign-in")).toList();
        assertThat(forms)
                .contains("/sign-out", "/hosts/x/drain", "/incidents/x/close")
                .hasSizeGreaterThan(15);
        for (String path : forms) {
            assertNotDone(path, "", "", "");
            assertNotDone(path, "", "", "csrf=guess");
            assertNotDone(path, "sec-fetch-site", "cross-site", GOOD);
            assertNotDone(path, "origin", "https://evil.example", GOOD);
            assertNotDone(path, "origin", "null", GOOD);
            assertThat(web.send(TestingWeb.form(web.request(path), GOOD)).statusCode())
                    .as("%s without a session", path)
                    .isEqualTo(303);
            assertThat(web.send(TestingWeb.form(web.asVera(path), GOOD)).statusCode())
                    .as("%s of our own", path)
                    .isNotEqualTo(403);
        }
    }
}
