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

/** All metrics, to whoever brings a bearer token that is let in: they tell how large the fleet is and how it fares. */
public final class MetricsPage extends Page {
    private static final MediaType TYPE = MediaType.parse(Registry.CONTENT_TYPE);

    private final Registry registry;
    private final Predicate<String> admits;

    /** @param admits whether an authorization, empty where none came, lets its bearer see metrics; may read the database */
    public MetricsPage(Registry registry, Predicate<String> admits) {
        this.registry = registry;
        this.admits = admits;
    }

    /** For a page that tells nothing of the fleet's hosts, on an address that only operators reach. */
    public static MetricsPage forAnybody(Registry registry) {
        return new MetricsPage(registry, header -> true);
    }

    @Override
    HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        return admits.test(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))
                ? answer(HttpStatus.OK, TYPE, registry.scrape())
                : refused();
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
