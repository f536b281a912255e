package dev.drydock.agent.action;

import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arguments of {@code os.packages}.
 *
 * @param refresh read the lists of packages anew first
 * @param repair mend what is broken first, instead of refusing
 */
record PackageArgs(
        Selection selection, ConfigFiles configFiles, Duration lockTimeout, boolean refresh, boolean repair) {
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException with what was expected */
    static PackageArgs of(Args args) {
        return new PackageArgs(
                selection(args),
                configFiles(args),
                args.duration("lockTimeout", DEFAULT_LOCK_TIMEOUT),
                args.flag("refresh", true),
                args.flag("repair", false));
    }

    /** Names of the packages that somebody asked for. */
    Set<String> named() {
        return selection.packages().stream()
                .map(text -> text.split("[=:]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Selection selection(Args args) {
        List<String> packages = args.strings("packages");
        String update = args.string("update", "");
        if (update.isEmpty() == packages.isEmpty()) {
            throw new IllegalArgumentException("expected one of the arguments 'update' and 'packages'");
        }
        Selection.Scope scope =
                switch (update) {
                    case "" -> Selection.Scope.NAMED;
                    case "security" -> Selection.Scope.SECURITY;
                    case "all" -> Selection.Scope.ALL;
                    default ->
                        throw new IllegalArgumentException(
                                "argument 'update' is " + update + ", expected security or all");
                };
        return new Selection(scope, packages, args.strings("exclude"));
    }

    private static ConfigFiles configFiles(Args args) {
        String policy = args.string("configFiles", "keep");
        return switch (policy) {
            case "keep" -> ConfigFiles.KEEP;
            case "replace" -> ConfigFiles.REPLACE;
            default ->
                throw new IllegalArgumentException(
                        "argument 'configFiles' is " + policy + ", expected keep or replace");
        };
    }
}
