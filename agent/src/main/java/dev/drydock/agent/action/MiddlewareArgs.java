package dev.drydock.agent.action;

import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code middleware.update}.
 *
 * @param of names of profiles
 * @param allowMajor whether a product may go to another series
 * @param exclude globs over packages that must not change
 * @param refresh read the lists of packages anew first
 * @param settle how long services may take until they answer
 * @param defaultsFile of the clients of MariaDB and MySQL, where root by the socket may not come in
 */
record MiddlewareArgs(
        List<String> of,
        boolean allowMajor,
        List<String> exclude,
        boolean refresh,
        Duration lockTimeout,
        Duration settle,
        Optional<String> defaultsFile) {
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration DEFAULT_SETTLE = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException with what was expected */
    static MiddlewareArgs of(Args args) {
        List<String> of = args.strings("of");
        if (of.isEmpty()) {
            throw new IllegalArgumentException("argument 'of' is empty, expected names of middleware such as nginx");
        }
        return new MiddlewareArgs(
                of,
                args.flag("allowMajor", false),
                args.strings("exclude"),
                args.flag("refresh", true),
                args.duration("lockTimeout", DEFAULT_LOCK_TIMEOUT),
                args.duration("settle", DEFAULT_SETTLE),
                args.optionalString("defaultsFile"));
    }
}
