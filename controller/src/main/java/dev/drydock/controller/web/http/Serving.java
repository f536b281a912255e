package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.api.CallAddress;
import dev.drydock.controller.web.text.When;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between Armeria and the pages: finds out who asks, turns away forms that are not of ours, runs the handler on a thread that may
 * block, and makes an answer of what it gives or throws.
 */
public final class Serving {
    private static final Logger log = LoggerFactory.getLogger(Serving.class);

    private static final String ACCOUNT = "/account";

    /** What is open while the password is one that must be changed first. */
    private static final Set<String> OPEN_TO_ALL = Set.of(ACCOUNT, "/account/password", "/sign-out");

    private final WebAccess access;
    private final Channel channel;
    private final Renderer renderer;
    private final Assets assets;
    private final InstantSource clock;

    public Serving(WebAccess access, Channel channel, Renderer renderer, Assets assets, InstantSource clock) {
        this.access = access;
        this.channel = channel;
        this.renderer = renderer;
        this.assets = assets;
        this.clock = clock;
    }

    /** For what only looks. */
    HttpService looks(Handler handler) {
        return (context, request) -> HttpResponse.of(CompletableFuture.supplyAsync(
                () -> answer(context, request, QueryParams.of(), handler), context.blockingTaskExecutor()));
    }

    /** For what changes something: a form of a page of ours. */
    HttpService changes(Handler handler) {
        return (context, request) -> HttpResponse.of(request.aggregate()
                .thenApplyAsync(
                        posted -> Origin.isOurs(posted.headers())
                                ? answer(context, request, form(posted), guarded(handler))
                                : problem(context, request, 403, "Another site sent this form, so nothing was done."),
                        context.blockingTaskExecutor()));
    }

    static QueryParams form(AggregatedHttpRequest posted) {
        MediaType type = posted.contentType();
        return type != null && type.is(MediaType.FORM_DATA)
                ? QueryParams.fromQueryString(posted.contentUtf8())
                : QueryParams.of();
    }

    private static Handler guarded(Handler handler) {
        return request -> Origin.same(request.session().csrf(), request.form("csrf"))
                ? handler.serve(request)
                : new Reply.Page(
                        403,
                        "problem",
                        "",
                        "Not done",
                        Map.of(
                                "message",
                                "The form was not of this session, so nothing was done. Load the page anew and try again."));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest http, QueryParams form, Handler handler) {
        String cookie = Cookies.session(http);
        Optional<WebSession> session = cookie.isEmpty() ? Optional.empty() : access.session(cookie);
        if (session.isEmpty()) {
            return toSignIn(context, http);
        }
        When when = new When(clock.instant(), Cookies.zone(http));
        boolean partial =
                http.headers().contains("hx-request") && !http.headers().contains("hx-boosted");
        Request request = new Request(
                context, form, new Api(channel, session.get(), CallAddress.of(context)), when, partial, cookie);
        if (session.get().mustChangePassword() && !OPEN_TO_ALL.contains(context.path())) {
            return redirect(ACCOUNT);
        }
        Reply reply;
        try {
            reply = handler.serve(request);
        } catch (StatusRuntimeException e) {
            reply = Refused.page(e.getStatus());
        } catch (Exception e) {
            log.error("page {} for {} failed", context.path(), session.get().user(), e);
            reply = Refused.failed();
        }
        return response(reply, request);
    }

    private HttpResponse response(Reply reply, Request request) {
        return switch (reply) {
            case Reply.Page page -> renderer.page(page, frame(page, request));
            case Reply.Seen seen -> redirect(seen.location());
            case Reply.Live live -> live.response();
            case Reply.Download file ->
                HttpResponse.of(
                        ResponseHeaders.builder(200)
                                .contentType(MediaType.parse(file.type()))
                                .add(SecurityHeaders.PAGE)
                                .add(
                                        HttpHeaderNames.CONTENT_DISPOSITION,
                                        "attachment; filename=\"" + file.name().replaceAll("[^A-Za-z0-9._-]", "_")
                                                + "\"")
                                .build(),
                        HttpData.wrap(file.content()));
        };
    }

    private Frame frame(Reply.Page page, Request request) {
        return new Frame(
                page.part(),
                page.title(),
                request.session().user(),
                request.session().csrf(),
                request.here(),
                request.when(),
                assets,
                May.of(request.api()));
    }

    private HttpResponse problem(ServiceRequestContext context, HttpRequest http, int status, String message) {
        return answer(
                context,
                http,
                QueryParams.of(),
                request -> new Reply.Page(status, "problem", "", "Not done", Map.of("message", message)));
    }

    private static HttpResponse toSignIn(ServiceRequestContext context, HttpRequest http) {
        String next = http.method() == HttpMethod.GET && !http.headers().contains("hx-request")
                ? "?next="
                        + URLEncoder.encode(
                                context.query() == null ? context.path() : context.path() + "?" + context.query(),
                                StandardCharsets.UTF_8)
                : "";
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                .add(HttpHeaderNames.LOCATION, "/sign-in" + next)
                .add(SecurityHeaders.PAGE);
        if (http.headers().contains("hx-request")) {
            // A part of a page must not become the page of signing in: the whole goes there.
            headers.status(HttpStatus.UNAUTHORIZED).add("hx-redirect", "/sign-in");
        }
        return HttpResponse.of(headers.build());
    }

    static HttpResponse redirect(String location) {
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                .add(HttpHeaderNames.LOCATION, location)
                .add(SecurityHeaders.PAGE)
                .build());
    }
}
