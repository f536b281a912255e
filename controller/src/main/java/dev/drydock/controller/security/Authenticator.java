package dev.drydock.controller.security;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds who calls by the header {@code Authorization} (RFC 6750), whatever it came in by. Thread-safe. */
public final class Authenticator {
    private static final String SCHEME = "Bearer ";

    /** Of a page's calls, with the secret of its session. */
    public static final String SESSION_SCHEME = "Session ";

    private static final String EXPECTED =
            "send the metadata 'authorization: Bearer TOKEN' with the token of the controller's file admin.token.";

    private final Function<String, Optional<Principal>> tokens;
    private final Function<String, Optional<Principal>> sessions;
    private final Function<String, Optional<Principal>> sessionsUnused;

    /** Lets in by tokens alone. */
    public Authenticator(Function<String, Optional<Principal>> tokens) {
        this(tokens, session -> Optional.empty(), session -> Optional.empty());
    }

    /**
     * @param tokens whose token it is
     * @param sessions whose session it is, by its secret; keeps it going
     * @param sessionsUnused the same for who only looks: does not keep it going
     */
    public Authenticator(
            Function<String, Optional<Principal>> tokens,
            Function<String, Optional<Principal>> sessions,
            Function<String, Optional<Principal>> sessionsUnused) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.sessionsUnused = sessionsUnused;
    }

    /** What came of it. */
    public sealed interface Answer {}

    public record Known(Principal principal) implements Answer {}

    /** @param why for the caller; does not say whether there was such a token once */
    public record Refused(String why) implements Answer {}

    /** @param authorization the header as it came; null: none came */
    public Answer authenticate(@Nullable String authorization) {
        return answer(authorization, sessions);
    }

    /** The same for a call that was let in and goes on: nobody may be at the browser any more, so that no session is kept going. */
    public Answer look(@Nullable String authorization) {
        return answer(authorization, sessionsUnused);
    }

    private Answer answer(@Nullable String authorization, Function<String, Optional<Principal>> sessions) {
        if (authorization == null) {
            return new Refused("No token came with the call: " + EXPECTED);
        }
        if (authorization.startsWith(SESSION_SCHEME)) {
            return sessions.apply(
                            authorization.substring(SESSION_SCHEME.length()).strip())
                    .<Answer>map(Known::new)
                    .orElseGet(() -> new Refused("The session is over. Sign in again."));
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Refused("The authorization is no bearer token: " + EXPECTED);
        }
        return tokens.apply(authorization.substring(SCHEME.length()).strip())
                .<Answer>map(Known::new)
                .orElseGet(
                        () -> new Refused(
                                "This controller does not know the token: it may be of another controller, have expired or be revoked."));
    }
}
