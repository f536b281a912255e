package dev.drydock.controller.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page offers to do: its forms that change something, and its links. */
final class Offers {
    private static final Pattern FORM =
            Pattern.compile("<form method=\"post\" action=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
    private static final Pattern OTHER_ACTION = Pattern.compile(" formaction=\"([^\"]*)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final Pattern LINK = Pattern.compile("<a [^>]*?href=\"(/[^\"]*)\"");

    private Offers() {}

    record Form(String action, String body) {}

    static List<Form> forms(String page) {
        List<Form> forms = new ArrayList<>();
        Matcher each = FORM.matcher(page);
        while (each.find()) {
            StringBuilder body = new StringBuilder("comment=x");
            Matcher hidden = HIDDEN.matcher(each.group());
            while (hidden.find()) {
                body.append('&')
                        .append(hidden.group(1))
                        .append('=')
                        .append(URLEncoder.encode(text(hidden.group(2)), StandardCharsets.UTF_8));
            }
            forms.add(new Form(text(each.group(1)), body.toString()));
            Matcher others = OTHER_ACTION.matcher(each.group());
            while (others.find()) {
                forms.add(new Form(text(others.group(1)), body.toString()));
            }
        }
        return forms;
    }

    static List<String> links(String page) {
        return LINK.matcher(page)
                .results()
                .map(link -> text(link.group(1)))
                .filter(link -> !link.startsWith("/assets/") && !link.startsWith("/v1/"))
                .toList();
    }

    /** The path, with x for a second part, which is a name. */
    static String route(String link) {
        String path = URI.create(link).getRawPath();
        return path.startsWith("/account/") ? path : path.replaceFirst("^(/[^/]*)/[^/]+", "$1/x");
    }

    private static String text(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
