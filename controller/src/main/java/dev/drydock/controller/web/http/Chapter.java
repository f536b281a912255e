package dev.drydock.controller.web.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of a list of which the API gives one page at a time.
 *
 * @param total on all pages; below zero: not known
 * @param first whether nothing comes before
 * @param next token of the page that follows; empty: this is the last
 * @param query what the links carry besides
 */
public record Chapter<T>(List<T> rows, int total, boolean first, String next, String path, Map<String, String> query) {
    public Chapter {
        rows = List.copyOf(rows);
        query = new LinkedHashMap<>(query);
    }

    public String begin() {
        return Pager.link(path, query);
    }

    public String more() {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("after", next);
        return Pager.link(path, all);
    }
}
