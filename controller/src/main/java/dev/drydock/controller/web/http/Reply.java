package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpResponse;
import java.util.Map;

/** What a page answers with. */
public sealed interface Reply {
    /**
     * A template with what it shows.
     *
     * @param part of the navigation that it belongs to
     * @param model by the template's parameter
     */
    record Page(int status, String template, String part, String title, Map<String, Object> model) implements Reply {
        public Page {
            model = Map.copyOf(model);
        }
    }

    /** After something was done: the browser asks for that page anew. */
    record Seen(String location) implements Reply {}

    /** A file to keep. */
    record Download(String type, String name, byte[] content) implements Reply {}

    /** An answer that goes on. */
    record Live(HttpResponse response) implements Reply {}

    static Page page(String template, String part, String title, Object view) {
        return new Page(200, template, part, title, Map.of("view", view));
    }
}
