package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a form is of a page of ours: by what browsers say of where it comes from (Fetch Metadata, and Origin where that is
 * all), and by the session's token in it (OWASP, Cross-Site Request Forgery Prevention).
 */
final class Origin {
    private Origin() {}

    static boolean isOurs(RequestHeaders headers) {
        @Nullable String site = headers.get("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin");
        }
        @Nullable String origin = headers.get(HttpHeaderNames.ORIGIN);
        return origin == null || host(origin).equalsIgnoreCase(headers.authority());
    }

    private static String host(String origin) {
        try {
            @Nullable String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Takes as long whether they differ in the first character or in the last. */
    static boolean same(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
