package dev.drydock.controller.web.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One page of a long list, with links to its neighbours.
 *
 * @param page from 1
 * @param total of all pages
 * @param path of the list
 * @param query what the links carry besides
 */
public record Pager<T>(List<T> rows, int page, int size, int total, String path, Map<String, String> query) {
    public static final int SIZE = 50;

    public Pager {
        rows = List.copyOf(rows);
        query = new LinkedHashMap<>(query);
    }

    /** A page that there is: the first where the number is none, the last where it is too large. */
    public static <T> Pager<T> of(List<T> all, String page, String path, Map<String, String> query) {
        int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
        int wanted = page.matches("[1-9][0-9]{0,6}") ? Math.min(Integer.parseInt(page), pages) : 1;
        int from = (wanted - 1) * SIZE;
        return new Pager<>(all.subList(from, Math.min(from + SIZE, all.size())), wanted, SIZE, all.size(), path, query);
    }

    public int pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    public int first() {
        return total == 0 ? 0 : (page - 1) * size + 1;
    }

    public int last() {
        return Math.min(page * size, total);
    }

    public String link(int to) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("page", Integer.toString(to));
        return link(path, all);
    }

    /** Empty values are left out. */
    public static String link(String path, Map<String, String> query) {
        String pairs = query.entrySet().stream()
                .filter(pair -> !pair.getValue().isEmpty())
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return pairs.isEmpty() ? path : path + "?" + pairs;
    }
}
