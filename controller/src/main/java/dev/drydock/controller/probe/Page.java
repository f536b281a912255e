package dev.drydock.controller.probe;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;

/** A page that is made anew each time, by a thread that may block, and that nobody keeps. */
abstract class Page implements HttpService {
    static final MediaType TEXT = MediaType.PLAIN_TEXT_UTF_8;

    @Override
    public final HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            return HttpResponse.of(ResponseHeaders.builder(HttpStatus.METHOD_NOT_ALLOWED)
                    .add(HttpHeaderNames.ALLOW, "GET, HEAD")
                    .build());
        }
        return HttpResponse.of(
                CompletableFuture.supplyAsync(() -> answer(context, request), context.blockingTaskExecutor()));
    }

    abstract HttpResponse answer(ServiceRequestContext context, HttpRequest request);

    static HttpResponse answer(HttpStatus status, MediaType type, String body) {
        return HttpResponse.of(
                ResponseHeaders.builder(status)
                        .contentType(type)
                        .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                        .build(),
                HttpData.ofUtf8(body));
    }
}
