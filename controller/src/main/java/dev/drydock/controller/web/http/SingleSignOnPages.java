package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.api.CallAddress;
import dev.drydock.controller.security.oidc.SingleSignOn;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The way to the sign-in provider and back. Both are links: what must not be another's is in the state and the sealed cookie. */
final class SingleSignOnPages {
    static final String BEGIN = "/sign-in/provider";

    private static final String BACK = "/sign-in/provider/back";

    private final SingleSignOn provider;
    private final BiFunction<Integer, String, HttpResponse> door;

    /** @param door the page of signing in, with a status and a problem */
    SingleSignOnPages(SingleSignOn provider, BiFunction<Integer, String, HttpResponse> door) {
        this.provider = provider;
        this.door = door;
    }

    void addTo(ServerBuilder server) {
        server.route().get(BEGIN).build((context, request) -> later(context, () -> begin(context, request)));
        server.route().get(BACK).build((context, request) -> later(context, () -> back(context, request)));
    }

    private static HttpResponse later(ServiceRequestContext context, Supplier<HttpResponse> answer) {
        return HttpResponse.of(CompletableFuture.supplyAsync(answer, context.blockingTaskExecutor()));
    }

    private HttpResponse begin(ServiceRequestContext context, HttpRequest request) {
        String next = Paths.local(context.queryParams().get("next", "/"));
        // Of another name than the provider knows it by, the provider sends nobody back.
        String redirect = "https://" + request.headers().authority() + BACK;
        return switch (provider.begin(redirect, next)) {
            case SingleSignOn.Begun begun ->
                HttpResponse.of(ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                        .add(HttpHeaderNames.LOCATION, begun.provider().toString())
                        .cookie(Cookies.begun(begun.sealed()))
                        .add(SecurityHeaders.PAGE)
                        .build());
            case SingleSignOn.Out out -> refused(out);
        };
    }

    private HttpResponse back(ServiceRequestContext context, HttpRequest request) {
        SingleSignOn.Ending ending = provider.end(
                Cookies.begun(request),
                context.queryParams().get("state", ""),
                context.queryParams().get("code", ""),
                CallAddress.of(context));
        return switch (ending) {
            case SingleSignOn.In in ->
                HttpResponse.of(ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                        .add(HttpHeaderNames.LOCATION, Paths.local(in.next()))
                        .cookie(Cookies.session(in.session().secret()))
                        .cookie(Cookies.notBegun())
                        .add(SecurityHeaders.PAGE)
                        .build());
            case SingleSignOn.Out out -> refused(out);
        };
    }

    private HttpResponse refused(SingleSignOn.Out out) {
        return door.apply(out.unreachable() ? 503 : 401, out.why());
    }
}
