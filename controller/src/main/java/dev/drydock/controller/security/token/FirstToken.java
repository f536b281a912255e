package dev.drydock.controller.security.token;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.PrivateFiles;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.UserStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The administrator's token in a file that only its owner can read (0600): how the first one is let in. */
public final class FirstToken {
    private static final Grant ADMINISTRATOR = Grant.everywhere(Role.ADMIN);

    private final UserStore users;
    private final ApiTokenStore store;
    private final ApiTokens tokens;
    private final InstantSource clock;

    public FirstToken(UserStore users, ApiTokenStore store, ApiTokens tokens, InstantSource clock) {
        this.users = users;
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Makes it where nobody administers the whole fleet. The file comes first, so that a crash in between leaves no token that
     * nobody knows; the next start makes another.
     *
     * @return whether it was made
     * @throws IOException when the file cannot be written; then there is no token either
     */
    public boolean ensure(Path file, String admin) throws IOException {
        if (users.list().stream().anyMatch(user -> user.grants().contains(ADMINISTRATOR))) {
            return false;
        }
        replace(file, admin);
        return true;
    }

    /**
     * For who lost it: all tokens of this user end, and the file has a new one. The user is made where there is none, and
     * administers the whole fleet from then on.
     *
     * @return how many ended
     * @throws IOException when the file cannot be written; then nothing was changed
     */
    public int replace(Path file, String admin) throws IOException {
        String secret = tokens.secret();
        PrivateFiles.writeSecret(file, secret + "\n");
        Instant now = clock.instant();
        if (!users.add(new User(admin, now, List.of(ADMINISTRATOR)))) {
            users.grant(admin, ADMINISTRATOR);
        }
        List<ApiToken> former = store.list(admin);
        former.forEach(token -> store.remove(admin, token.name()));
        store.add(
                new ApiToken(
                        admin,
                        ApiTokens.FIRST,
                        Optional.of(TokenScope.ALL),
                        admin,
                        now,
                        Optional.empty(),
                        Optional.empty()),
                ApiTokens.hash(secret));
        return former.size();
    }
}
