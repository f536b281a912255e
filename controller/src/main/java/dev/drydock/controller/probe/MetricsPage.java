package dev.drydock.controller.probe;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.metrics.Registry;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All metrics, to whoever brings a bearer token that is let in: they tell how large the fleet is and how it fares. */
public final class MetricsPage extends Page {
    private static final MediaType TYPE = MediaType.parse(Registry.CONTENT_TYPE);

    private final Registry registry;
    private final Predicate<String> admits;

    /** @param admits whether an authorization lets its bearer see metrics; may read the database */
    public MetricsPage(Registry registry, Predicate<String> admits) {
        this.registry = registry;
        this.admits = admits;
    }

    @Override
    HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        @Nullable String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        boolean admitted = header != null && admits.test(header);
        return admitted ? answer(HttpStatus.OK, TYPE, registry.scrape()) : refused();
    }

    private static HttpResponse refused() {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.UNAUTHORIZED)
                        .contentType(TEXT)
                        .add(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer")
                        .build(),
                HttpData.ofUtf8(
                        "Send 'Authorization: Bearer TOKEN' with the token of a user, of role viewer or more.\n"));
    }
}
