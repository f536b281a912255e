package dev.drydock.agent.identity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lets this host into the fleet, and tells it whom to trust: {@code dd1.<id>.<secret>.<SHA-256 of the CA certificate>}.
 *
 * @param id public
 * @param text the whole, with the secret
 * @param caFingerprint lower-case hex
 */
public record EnrolmentToken(String id, String text, String caFingerprint) {
    private static final Pattern FORM =
            Pattern.compile("dd1\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([0-9a-fA-F]{64})");

    /** @throws IdentityException when it has not the form of a token; the message does not repeat what was given */
    public static EnrolmentToken parse(String text) throws IdentityException {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw IdentityException.refused("this is no enrolment token: expected one line of the form"
                    + " dd1.<id>.<secret>.<64 hex digits>, as drydock token create prints it");
        }
        return new EnrolmentToken(form.group(1), text.strip(), form.group(3).toLowerCase(Locale.ROOT));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
