package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.web.text.When;
import java.util.List;

/**
 * What a browser asks for.
 *
 * @param form what was posted; empty for what only looks
 * @param when times as the person reads them
 * @param partial only the part that changes is wanted, not the whole page
 */
public record Request(
        ServiceRequestContext context, QueryParams form, Api api, When when, boolean partial, String cookie) {
    /** What whoever asks may do; asks the API each time. */
    public May may() {
        return May.of(api);
    }

    public WebSession session() {
        return api.session();
    }

    /** Of the path's pattern. */
    public String path(String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    public String query(String name) {
        return context.queryParams().get(name, "").strip();
    }

    public String form(String name) {
        return form.get(name, "").strip();
    }

    public List<String> all(String name) {
        return form.getAll(name);
    }

    public boolean checked(String name) {
        return form.contains(name);
    }

    /** Path and query, as links say them. */
    public String here() {
        return context.query() == null ? context.path() : context.path() + "?" + context.query();
    }
}
