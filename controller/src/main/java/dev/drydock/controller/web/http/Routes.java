package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;

/** Which handler serves which path. */
public final class Routes {
    private final ServerBuilder server;
    private final Serving serving;

    /** Adds what is there for everybody: the door, the way out, and files. */
    public Routes(ServerBuilder server, Serving serving, WebAccess access, Renderer renderer, Assets assets) {
        this.server = server;
        this.serving = serving;
        assets.addTo(server);
        new SignInPages(access, renderer, assets).addTo(server);
        post("/sign-out", request -> {
            access.signOut(request.cookie());
            return new Reply.Live(HttpResponse.of(ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                    .add(HttpHeaderNames.LOCATION, "/sign-in")
                    .cookie(Cookies.noSession())
                    .add(SecurityHeaders.PAGE)
                    .build()));
        });
    }

    /** What only looks. */
    public Routes get(String path, Handler handler) {
        server.route().get(path).build(serving.looks(handler));
        return this;
    }

    /** What changes something. */
    public Routes post(String path, Handler handler) {
        server.route().post(path).build(serving.changes(handler));
        return this;
    }
}
