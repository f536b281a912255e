package dev.drydock.agent.host.access;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What accounts must not be.
 *
 * @param uidZero those that may have uid 0
 * @param administrators those that may be in a group of administrators; empty: not looked at
 * @param loginShells accounts of the system that may log in
 * @param unusedFor how long an account that can log in may go without doing so; empty: not looked at
 * @param ignored not looked at in any way
 */
public record AccountRules(
        Set<String> uidZero,
        Optional<Set<String>> administrators,
        Set<String> loginShells,
        Optional<Duration> unusedFor,
        Set<String> ignored) {
    private static final List<String> ADMINISTRATION = List.of("sudo", "wheel", "admin");
    private static final String ROOT = "root";

    /** A line for each thing, in an order that stays; names and shells alone, never a hash. */
    public List<String> review(LocalAccounts accounts, HostFiles files, Instant now) throws HostException, IOException {
        List<String> findings = new ArrayList<>();
        LastLogins last = new LastLogins(files);
        for (LocalAccount account : accounts.all()) {
            String name = account.name();
            if (ignored.contains(name)) {
                continue;
            }
            if (account.uid() == 0 && !uidZero.contains(name)) {
                findings.add("uid 0: " + name);
            }
            if (account.open()) {
                findings.add("no password: " + name);
            }
            boolean system = account.uid() != 0 && account.uid() < accounts.leastUser();
            if (system && account.canLogIn() && !loginShells.contains(name)) {
                findings.add("system account that can log in: " + name + " (" + shell(account) + ")");
            }
            if (unusedFor.isPresent() && !system && !name.equals(ROOT) && account.canLogIn()) {
                unused(account, last, now.minus(unusedFor.get())).ifPresent(findings::add);
            }
        }
        administrators.ifPresent(
                allowed -> ADMINISTRATION.forEach(group -> accounts.groups().getOrDefault(group, Set.of()).stream()
                        .filter(name -> !allowed.contains(name) && !ignored.contains(name) && !name.equals(ROOT))
                        .forEach(name -> findings.add("member of " + group + ": " + name))));
        return findings;
    }

    private static String shell(LocalAccount account) {
        return account.shell().isEmpty() ? "/bin/sh" : account.shell();
    }

    /** An account that never logged in is as old as its password. */
    private static Optional<String> unused(LocalAccount account, LastLogins last, Instant since)
            throws HostException, IOException {
        Optional<Instant> login = last.of(account.uid());
        Optional<Instant> used = login.or(() ->
                account.changed().map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()));
        return used.filter(at -> !at.isBefore(since)).isPresent()
                ? Optional.empty()
                : Optional.of("not used: " + account.name() + " ("
                        + login.map(at -> "last on " + at.atZone(ZoneOffset.UTC).toLocalDate())
                                .orElse("never")
                        + ")");
    }
}
