package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.CookieBuilder;
import com.linecorp.armeria.common.HttpRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The cookies that there are: the session's, that of a sign-in under way, and the zone in which the person reads times. */
final class Cookies {
    /** With this prefix browsers take it only from us, over TLS, and send it nowhere else (RFC 6265bis, 4.1.3.2). */
    private static final String SESSION = "__Host-drydock";

    private static final String BEGUN = "__Host-drydock-begun";
    private static final long BEGUN_SECONDS = 600;
    private static final String ZONE = "zone";

    private Cookies() {}

    static Cookie session(String value) {
        return secure(Cookie.secureBuilder(SESSION, value)).build();
    }

    static Cookie noSession() {
        return secure(Cookie.secureBuilder(SESSION, "none")).maxAge(0).build();
    }

    /** Of a sign-in that goes by another server. */
    static Cookie begun(String sealed) {
        return secure(Cookie.secureBuilder(BEGUN, sealed)).maxAge(BEGUN_SECONDS).build();
    }

    static Cookie notBegun() {
        return secure(Cookie.secureBuilder(BEGUN, "none")).maxAge(0).build();
    }

    static String begun(HttpRequest request) {
        return value(request, BEGUN);
    }

    private static CookieBuilder secure(CookieBuilder cookie) {
        // Lax, so that a link in a mail leads in; what changes something needs the form's token besides.
        return cookie.path("/").secure(true).httpOnly(true).sameSite("Lax");
    }

    static String session(HttpRequest request) {
        return value(request, SESSION);
    }

    /** UTC where the browser has not said. */
    static ZoneId zone(HttpRequest request) {
        String zone = value(request, ZONE).replace("%2F", "/");
        try {
            return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static String value(HttpRequest request, String name) {
        return request.headers().cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst()
                .orElse("");
    }
}
