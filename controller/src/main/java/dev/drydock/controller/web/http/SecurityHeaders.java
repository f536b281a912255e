package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;

/**
 * What browsers are told of our answers. The policy allows nothing but files of ours: no inline script or style, no eval, no
 * frame, no other origin (Content Security Policy Level 3).
 */
final class SecurityHeaders {
    static final HttpHeaders ALWAYS = HttpHeaders.builder()
            .add("x-content-type-options", "nosniff")
            .add("referrer-policy", "same-origin")
            .add("strict-transport-security", "max-age=31536000")
            .add("cross-origin-opener-policy", "same-origin")
            .add("cross-origin-resource-policy", "same-origin")
            .build();

    static final HttpHeaders PAGE = HttpHeaders.builder()
            .add(ALWAYS)
            .add(
                    "content-security-policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
                            + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
            .add("x-frame-options", "DENY")
            .add("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
            .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build();

    private SecurityHeaders() {}
}
