package dev.drydock.controller.security.audit;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that happened. Fields that say nothing are empty; texts that are longer than they should be are cut.
 *
 * @param kind one of the constants here, "login", "logout", "login-failed", or what another part calls it
 * @param call ties the beginning of a call to its end
 * @param user who did it
 * @param credential which of the user's credentials it was, by its id
 * @param address where it came from
 * @param method full name of the API's method
 * @param request a JSON object in ASCII, without secrets
 * @param detail what else there is to say; never a secret
 */
public record AuditEvent(
        String kind,
        String call,
        String user,
        String credential,
        String address,
        String method,
        String request,
        Optional<AuditOutcome> outcome,
        Map<String, String> detail) {
    /** The controller begins to serve. */
    public static final String STARTED = "started";
    /** A call that changes something begins; nothing was done yet. */
    public static final String BEGUN = "begun";
    /** It has ended. */
    public static final String ENDED = "ended";
    /** A call was not let in. */
    public static final String REFUSED = "refused";

    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern CALL = Pattern.compile("[A-Za-z0-9._-]{0,64}");
    private static final Pattern REQUEST = Pattern.compile("|\\{[ -\\x7F]*}");
    private static final int LONGEST = 300;
    private static final String CUT = "...";

    /** @throws IllegalArgumentException the kind, the call or the request has not the form that it must have */
    public AuditEvent {
        if (!KIND.matcher(kind).matches()
                || !CALL.matcher(call).matches()
                || !REQUEST.matcher(request).matches()) {
            throw new IllegalArgumentException("no entry of an audit log: " + kind + ", call '" + call + "'");
        }
        user = cut(user, LONGEST);
        credential = cut(credential, LONGEST);
        address = cut(address, LONGEST);
        method = cut(method, LONGEST);
        TreeMap<String, String> sorted = new TreeMap<>();
        detail.forEach((key, value) -> sorted.put(cut(key, LONGEST), cut(value, LONGEST)));
        detail = Collections.unmodifiableMap(sorted);
    }

    /** Of which nothing more is said yet. */
    public static AuditEvent of(String kind) {
        return new AuditEvent(kind, "", "", "", "", "", "", Optional.empty(), Map.of());
    }

    public AuditEvent by(String who) {
        return new AuditEvent(kind, call, who, credential, address, method, request, outcome, detail);
    }

    public AuditEvent using(String credentialId) {
        return new AuditEvent(kind, call, user, credentialId, address, method, request, outcome, detail);
    }

    public AuditEvent from(String where) {
        return new AuditEvent(kind, call, user, credential, where, method, request, outcome, detail);
    }

    public AuditEvent calling(String fullMethodName) {
        return new AuditEvent(kind, call, user, credential, address, fullMethodName, request, outcome, detail);
    }

    public AuditEvent asking(String json) {
        return new AuditEvent(kind, call, user, credential, address, method, json, outcome, detail);
    }

    public AuditEvent endingWith(AuditOutcome end) {
        return new AuditEvent(kind, call, user, credential, address, method, request, Optional.of(end), detail);
    }

    public AuditEvent with(String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(detail);
        more.put(key, value);
        return new AuditEvent(kind, call, user, credential, address, method, request, outcome, more);
    }

    AuditEvent begun(String id) {
        return new AuditEvent(BEGUN, id, user, credential, address, method, request, outcome, detail);
    }

    /** Says whose it was and which, and not again what was asked. */
    AuditEvent ended(AuditOutcome end) {
        return new AuditEvent(ENDED, call, user, credential, "", method, "", Optional.of(end), Map.of());
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - CUT.length()) + CUT;
    }
}
