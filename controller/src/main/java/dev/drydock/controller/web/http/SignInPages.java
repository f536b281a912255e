package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.api.CallAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The door: all that is shown to those who are not signed in. */
public final class SignInPages {
    private final WebAccess access;
    private final Renderer renderer;
    private final Assets assets;

    SignInPages(WebAccess access, Renderer renderer, Assets assets) {
        this.access = access;
        this.renderer = renderer;
        this.assets = assets;
    }

    void addTo(ServerBuilder server) {
        server.route()
                .get("/sign-in")
                .build((context, request) -> form(200, new View(next(context.queryParams()), "", "", assets)));
        server.route().post("/sign-in").build((context, request) -> HttpResponse.of(signIn(context, request)));
    }

    private CompletableFuture<HttpResponse> signIn(ServiceRequestContext context, HttpRequest request) {
        return request.aggregate()
                .thenApplyAsync(
                        posted -> Origin.isOurs(posted.headers())
                                ? signIn(context, Serving.form(posted))
                                : form(403, new View("/", "", "Another site sent this form.", assets)),
                        context.blockingTaskExecutor());
    }

    private HttpResponse signIn(ServiceRequestContext context, QueryParams form) {
        String name = form.get("name", "").strip();
        String next = next(form);
        SignIn answer = access.signIn(
                name, form.get("password", ""), form.get("code", "").strip(), CallAddress.of(context));
        return switch (answer) {
            case SignIn.Done done ->
                HttpResponse.of(ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                        .add(HttpHeaderNames.LOCATION, next)
                        .cookie(Cookies.session(done.cookie()))
                        .add(SecurityHeaders.PAGE)
                        .build());
            case SignIn.Refused refused -> form(401, new View(next, name, refused.why(), assets));
        };
    }

    private static String next(QueryParams params) {
        return Paths.local(params.get("next", "/"));
    }

    private HttpResponse form(int status, View view) {
        return renderer.html(status, renderer.text("signIn", Map.of("view", view)));
    }

    /** @param problem why nobody was let in; empty: nobody tried */
    public record View(String next, String name, String problem, Assets assets) {}
}
