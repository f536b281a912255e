package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.markup.Filled;
import dev.drydock.controller.markup.Markup;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WhoAmIResponse;
import io.grpc.BindableService;
import io.grpc.Status;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page that there is, by the server's own routes, where everything that the API tells is markup, by the API's own definition:
 * names of hosts, labels, playbooks, teams, output of runs, incidents, comments, reasons of waivers, and whatever comes later.
 */
final class EveryPageTest {
    /** That pages read as something else than text. */
    private static final Map<String, String> PLAIN = Map.of("zone", "Asia/Tokyo", "content_type", "text/html");

    private static final Set<String> FILES =
            Set.of("/reports/compliance.pdf", "/reports/compliance.html", "/report-file");

    /** Shows nothing: it leads to a page that does. */
    private static final String PREVIEW = "/report-preview";

    private static final String QUERY = Stream.of(
                    "filter",
                    "q",
                    "state",
                    "page",
                    "after",
                    "contract",
                    "month",
                    "zone",
                    "user",
                    "method",
                    "kind",
                    "severity",
                    "exploited",
                    "all",
                    "from",
                    "to",
                    "hosts",
                    "playbook",
                    "next")
            .map(name -> name + "=" + URLEncoder.encode(Markup.EVIL, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));

    @TempDir
    Path directory;

    private TestingWeb web(List<BindableService> services) throws Exception {
        return new TestingWeb(directory, services);
    }

    private static List<BindableService> everything(int turn) throws Exception {
        Filled filled = new Filled(turn, TestingWeb.NOON.getEpochSecond(), PLAIN);
        return new AnyApi(empty -> empty instanceof WhoAmIResponse who ? mayAll(filled.of(who)) : filled.of(empty))
                .services();
    }

    /** Else some pages are not shown at all. */
    private static WhoAmIResponse mayAll(WhoAmIResponse who) {
        WhoAmIResponse.Builder all = who.toBuilder();
        all.getGrantsBuilderList().forEach(grant -> grant.setRole(UserRole.ADMIN));
        return all.build();
    }

    private static String text(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream")
                ? answer.body()
                        .lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .collect(Collectors.joining("\n"))
                : answer.body();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void nothingThatTheApiTellsIsMoreThanText(int turn) throws Exception {
        try (TestingWeb web = web(everything(turn))) {
            assertThat(web.pages())
                    .contains("/", "/hosts/x", "/runs/x/live", "/incidents/x", "/settings")
                    .hasSizeGreaterThan(25);
            List<String> silent = new ArrayList<>();
            for (String path : web.pages()) {
                HttpResponse<String> answer = web.get(path);
                String page = "turn " + turn + ", " + path;
                assertThat(answer.statusCode())
                        .as(page + "\n" + answer.body())
                        .isEqualTo(path.equals(PREVIEW) ? 303 : 200);
                if (!FILES.contains(path)) {
                    Markup.assertTame(page, text(answer));
                    if (!answer.body().contains("&lt;script&gt;alert(1)")) {
                        silent.add(path);
                    }
                }
            }
            // These show nothing that others wrote; on all others it was there to be escaped.
            assertThat(silent).containsOnly("/sign-in", PREVIEW);
        }
    }

    @Test
    void nothingThatIsAskedForIsMoreThanText() throws Exception {
        try (TestingWeb web = web(everything(1))) {
            for (String path : web.pages()) {
                if (!FILES.contains(path)) {
                    HttpResponse<String> answer = web.get(path + QUERY);
                    assertThat(answer.statusCode())
                            .as(path + "\n" + answer.body())
                            .isLessThan(500);
                    Markup.assertTame(path, text(answer));
                }
            }
        }
    }

    @Test
    void noRefusalIsMoreThanText() throws Exception {
        for (Status status : List.of(Status.INVALID_ARGUMENT, Status.NOT_FOUND, Status.PERMISSION_DENIED)) {
            try (TestingWeb web = web(new AnyApi(status.withDescription(Markup.EVIL)).services())) {
                // What is live ends where it is refused, and its page says why when it is loaded anew.
                for (String path : web.pages().stream()
                        .filter(one -> !one.endsWith("/live"))
                        .toList()) {
                    HttpResponse<String> answer = web.get(path);
                    assertThat(answer.statusCode()).as(path).isLessThan(500);
                    Markup.assertTame(status + " " + path, text(answer));
                }
                for (String path : web.forms()) {
                    String form = "csrf=" + TestingWeb.CSRF + QUERY.replace('?', '&');
                    HttpResponse<String> answer = web.send(TestingWeb.form(web.asVera(path), form));
                    assertThat(answer.statusCode()).as(path).isLessThan(500);
                    Markup.assertTame(status + " " + path, answer.body());
                }
            }
        }
    }

    @Test
    void aFileHasNoNameThatIsMoreThanAName() throws Exception {
        try (TestingWeb web = web(everything(1))) {
            for (String path : FILES) {
                assertThat(web.get(path).headers().firstValue("content-disposition"))
                        .hasValueSatisfying(
                                header -> assertThat(header).matches("attachment; filename=\"[A-Za-z0-9._-]+\""));
            }
        }
    }
}
