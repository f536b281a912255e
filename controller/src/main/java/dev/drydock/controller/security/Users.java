package dev.drydock.controller.security;

import dev.drydock.proto.facts.v1.Host;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** Who is let in, and what each may do. Thread-safe. */
public final class Users {
    /** Whom the first start makes. */
    public static final String ADMIN = "admin";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,62}");
    private static final int MOST_GRANTS = 50;

    private final UserStore store;
    private final InstantSource clock;

    public Users(UserStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** By name. */
    public List<User> list() {
        return store.list();
    }

    /** @throws UnknownUserException there is none */
    public User find(String name) {
        return store.find(name).orElseThrow(() -> new UnknownUserException(name));
    }

    /** Whether it is such a name as {@link #add} takes. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * @throws IllegalArgumentException the name is none
     * @throws UserRefusedException there is one of this name
     */
    public synchronized User add(String name, Grant first) {
        if (!isName(name)) {
            throw new IllegalArgumentException("name: '" + name
                    + "' is no name; use up to 63 of a-z, 0-9, '.', '_', '@' and '-', a letter or digit first");
        }
        User user = new User(name, clock.instant(), List.of(first));
        if (!store.add(user)) {
            throw new UserRefusedException(
                    "There is a user " + name
                            + " already; remove it first, or choose another name: what is on record under a name stays one person's.");
        }
        return user;
    }

    /** @throws UserRefusedException it has too many already */
    public synchronized User grant(String name, Grant grant) {
        User user = find(name);
        if (!user.grants().contains(grant)) {
            if (user.grants().size() >= MOST_GRANTS) {
                throw new UserRefusedException("User " + name + " has " + MOST_GRANTS
                        + " grants, the most there can be; put several into one selector.");
            }
            store.grant(name, grant);
        }
        return find(name);
    }

    /** @throws UserRefusedException it has no such grant, or nobody would administer the whole fleet any more */
    public synchronized User ungrant(String name, Grant grant) {
        User user = find(name);
        if (!user.grants().contains(grant)) {
            throw new UserRefusedException("User " + name + " is not " + grant + ". It is: "
                    + (user.grants().isEmpty() ? "nothing" : user.grants()) + ".");
        }
        if (grant.equals(Grant.everywhere(Role.ADMIN))) {
            requireAnotherAdministrator(name);
        }
        store.ungrant(name, grant);
        return find(name);
    }

    /**
     * Lets somebody in no more; calls under way end by themselves.
     *
     * @throws UnknownUserException there is none
     * @throws UserRefusedException it is the last administrator
     */
    public synchronized void remove(String name) {
        User user = find(name);
        if (user.administers()) {
            requireAnotherAdministrator(name);
        }
        store.remove(name);
    }

    private void requireAnotherAdministrator(String name) {
        if (store.list().stream().filter(User::administers).allMatch(user -> user.name()
                .equals(name))) {
            throw new UserRefusedException("User " + name + " is the last administrator; make another one first.");
        }
    }

    /** Whether anybody may do more, or less, on the host once it is as it is then. */
    public boolean accessChanges(Host now, Host then) {
        return store.list().stream()
                .flatMap(user -> user.grants().stream())
                .map(Grant::hosts)
                .anyMatch(hosts -> hosts.covers(now) != hosts.covers(then));
    }
}
