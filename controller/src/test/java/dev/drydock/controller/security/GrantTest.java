package dev.drydock.controller.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class GrantTest {
    private static final List<String> SELECTORS = List.of(
            "",
            "true",
            "false",
            "host.labels.client == 'a'",
            "host.labels.client != 'a'",
            "host.labels.role == 'web' || host.labels.client == 'b' // of both",
            "1 / host.memory_bytes == 1");

    private static HostScope scope(String cel) {
        try {
            return HostScope.of(cel);
        } catch (InvalidExpressionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Provide
    Arbitrary<HostScope> scopes() {
        return Arbitraries.of(SELECTORS).map(GrantTest::scope);
    }

    @Provide
    Arbitrary<List<Grant>> grants() {
        return Combinators.combine(Arbitraries.of(Role.class), scopes())
                .as(Grant::new)
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<TokenScope> tokens() {
        return Combinators.combine(Arbitraries.of(Role.class).optional(), scopes())
                .as(TokenScope::new);
    }

    @Provide
    Arbitrary<Host> hosts() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", ""), Arbitraries.of("web", "db", ""), Arbitraries.of(0L, 1L))
                .as((client, role, memory) -> {
                    Host.Builder host = Host.newBuilder().setMemoryBytes(memory);
                    if (!client.isEmpty()) {
                        host.putLabels("client", client);
                    }
                    if (!role.isEmpty()) {
                        host.putLabels("role", role);
                    }
                    return host.build();
                });
    }

    private static Principal principal(List<Grant> grants) {
        return new Principal("u", "token t", grants, false, Optional.empty());
    }

    /** A credential gives what the user has and what it lets through, both: never more, and never less than that. */
    @Property
    void aScopeOnlyNarrows(
            @ForAll("grants") List<Grant> grants,
            @ForAll("tokens") TokenScope scope,
            @ForAll("hosts") Host host,
            @ForAll Role role) {
        Principal all = principal(grants);
        Principal narrow = principal(scope.of(grants));
        boolean lets = scope.hosts().covers(host)
                && scope.most().map(most -> most.includes(role)).orElse(true);
        assertThat(narrow.may(role, host)).isEqualTo(all.may(role, host) && lets);
        assertThat(narrow.everywhere(role))
                .isEqualTo(all.everywhere(role)
                        && scope.hosts().whole()
                        && scope.most().map(most -> most.includes(role)).orElse(true));
        assertThat(!narrow.anywhere(role) || all.anywhere(role)).isTrue();
    }

    @Property
    void whoMayMoreMayTheLesser(
            @ForAll("grants") List<Grant> grants, @ForAll("hosts") Host host, @ForAll Role role, @ForAll Role lesser) {
        Principal principal = principal(grants);
        if (role.includes(lesser) && principal.may(role, host)) {
            assertThat(principal.may(lesser, host)).isTrue();
        }
        if (principal.everywhere(role)) {
            assertThat(principal.may(role, host)).isTrue();
        }
        if (principal.may(role, host)) {
            assertThat(principal.anywhere(role)).isTrue();
        }
        assertThat(principal.hosts(role).test(host)).isEqualTo(principal.may(role, host));
    }

    /** What two scopes leave is one selector that means the same: as rollouts keep it. */
    @Property
    void asOneSelectorItCoversTheSame(
            @ForAll("scopes") HostScope one, @ForAll("scopes") HostScope other, @ForAll("hosts") Host host) {
        HostScope both = one.and(other);
        assertThat(both.covers(host)).isEqualTo(one.covers(host) && other.covers(host));
        assertThat(scope(both.expression()).covers(host)).isEqualTo(both.covers(host));
    }

    @Test
    void whatHasNoAnswerCoversNothing() {
        HostScope scope = scope("1 / host.memory_bytes == 1");
        assertThat(scope.covers(Host.getDefaultInstance())).isFalse();
        assertThat(scope.covers(Host.newBuilder().setMemoryBytes(1).build())).isTrue();
        assertThat(scope("host.labels.absent != 'x'").covers(Host.getDefaultInstance()))
                .isFalse();
        assertThatThrownBy(() -> HostScope.of("true) || (true")).isInstanceOf(InvalidExpressionException.class);
        assertThat(new HostScopes().of("no selector at all")).isEmpty();
    }

    @Test
    void nobodyMayNothing() {
        for (Role role : Role.values()) {
            assertThat(Principal.NOBODY.anywhere(role)).isFalse();
            assertThat(Principal.NOBODY.may(role, Host.getDefaultInstance())).isFalse();
        }
    }
}
