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
import dev.drydock.controller.security.oidc.SingleSignOn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
                .build((context, request) -> form(200, view(next(context.queryParams()), "", "")));
        access.singleSignOn().ifPresent(provider -> new SingleSignOnPages(
                        provider, (status, problem) -> form(status, view("/", "", problem)))
                .addTo(server));
        server.route().post("/sign-in").build((context, request) -> HttpResponse.of(signIn(context, request)));
    }

    private CompletableFuture<HttpResponse> signIn(ServiceRequestContext context, HttpRequest request) {
        return request.aggregate()
                .thenApplyAsync(
                        posted -> Origin.isOurs(posted.headers())
                                ? signIn(context, Serving.form(posted))
                                : form(403, view("/", "", "Another site sent this form.")),
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
            case SignIn.Refused refused -> form(401, view(next, name, refused.why()));
        };
    }

    private static String next(QueryParams params) {
        return Paths.local(params.get("next", "/"));
    }

    private HttpResponse form(int status, View view) {
        return renderer.html(status, renderer.text("signIn", Map.of("view", view)));
    }

    private View view(String next, String name, String problem) {
        String label = access.singleSignOn().map(SingleSignOn::label).orElse("");
        return new View(next, name, problem, label, assets);
    }

    /**
     * @param problem why nobody was let in; empty: nobody tried
     * @param provider what the way in by another server is called; empty: there is none
     */
    public record View(String next, String name, String problem, String provider, Assets assets) {
        /** Where that way begins. */
        public String providerLink() {
            return SingleSignOnPages.BEGIN + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }
}
