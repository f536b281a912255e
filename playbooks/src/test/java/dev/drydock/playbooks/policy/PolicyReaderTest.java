package dev.drydock.playbooks.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.drydock.playbooks.Diff;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.TimedPredicate;
import dev.drydock.proto.facts.v1.Host;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
    private static final String WEB = """
            apiVersion: drydock/v1
            kind: Policy
            metadata:
              name: web
              description: Web servers
            spec:
              hosts: 'host.labels.role == "web"'
              rules:
                - id: updates
                  title: Security updates within a week
                  severity: high
                  securityUpdates: {olderThan: 7d}
                - id: backup
                  lastBackup: {olderThan: 26h}
                - id: cves
                  severity: critical
                  vulnerabilities: {high: 14d, medium: none}
                - id: uptime
                  condition: 'now - host.booted_at < duration("2400h")'
            """;

    private static Policy read(String yaml) throws InvalidPlaybookException {
        return PolicyReader.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatIsWritten() throws Exception {
        Policy policy = read(WEB);
        assertThat(policy.name()).isEqualTo("web");
        assertThat(policy.hosts()).contains("host.labels.role == \"web\"");
        assertThat(policy.rules()).extracting(Policy.Rule::id).containsExactly("updates", "backup", "cves", "uptime");
        assertThat(policy.rules().get(0).check()).isEqualTo(new Check.SecurityUpdates(Duration.ofDays(7)));
        assertThat(policy.rules().get(1))
                .isEqualTo(new Policy.Rule(
                        "backup", "backup", Policy.Severity.MEDIUM, new Check.LastBackup(Duration.ofHours(26))));
    }

    @Test
    void timesThatAreNotWrittenAreTheUsualOnes() throws Exception {
        Check.Vulnerabilities cves =
                (Check.Vulnerabilities) read(WEB).rules().get(2).check();
        assertThat(cves.limit("critical", false)).contains(Duration.ofDays(7));
        assertThat(cves.limit("high", false)).contains(Duration.ofDays(14));
        assertThat(cves.limit("medium", false)).isEmpty();
        assertThat(cves.limit("low", false)).isEmpty();
        assertThat(cves.limit("low", true)).contains(Duration.ofDays(3));
        assertThat(cves.limit("critical", true)).contains(Duration.ofDays(3));
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsPlace() {
        assertThatThrownBy(() -> read("""
                        apiVersion: drydock/v1
                        kind: Policy
                        metadata: {name: web}
                        spec:
                          hosts: 'host.lables.role == "web"'
                          rules:
                            - id: a
                              securityUpdate: {olderThan: 7d}
                            - id: a
                              lastBackup: {olderThan: soon}
                            - id: b
                              severity: awful
                              vulnerabilities: {hihg: 7d}
                            - id: c
                              condition: 'host.name'
                            - id: d
                              lastBackup: {olderThan: 1d}
                              lastRestore: {olderThan: 1d}
                            - id: e
                              rebootPending: {}
                        """))
                .isInstanceOf(InvalidPlaybookException.class)
                .message()
                .contains("p.yaml:5:15: spec.hosts: expression: undefined field 'lables'; did you mean labels?")
                .contains(
                        "p.yaml:8:7: spec.rules[0].securityUpdate: unknown key 'securityUpdate'; did you mean securityUpdates?")
                .contains("p.yaml:7:7: spec.rules[0]: has no check; expected one of agentSilent,")
                .contains("p.yaml:9:7: spec.rules[1].id: another rule has the id 'a'")
                .contains("spec.rules[1].lastBackup.olderThan: expected a duration above zero")
                .contains("spec.rules[2].severity: expected one of low, medium, high, critical")
                .contains("p.yaml:13:25: spec.rules[2].vulnerabilities.hihg: unknown key 'hihg'; did you mean high?")
                .contains("spec.rules[3].condition: expression: expected type 'bool' but found 'string'")
                .contains("spec.rules[4]: has more than one check: lastBackup, lastRestore")
                .contains("p.yaml:20:22: spec.rules[5].rebootPending: the key 'longerThan' is missing");
    }

    @Test
    void anEmptyFileIsNoPolicy() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("the file is empty; a policy begins with");
        assertThatThrownBy(() -> read("apiVersion: drydock/v1\nkind: Policy\nmetadata: {name: a}\nspec: {rules: []}"))
                .hasMessageContaining("a policy has at least one rule");
    }

    @Test
    void howItIsWrittenMakesNoDifference() throws Exception {
        String other = WEB.replace("{olderThan: 7d}", "\n        olderThan: 168h")
                .replace("description: Web servers", "# x\n  description: Web servers");
        assertThat(PolicyReader.digest(read(other))).isEqualTo(PolicyReader.digest(read(WEB)));
        Policy later = read(WEB.replace("26h", "2d"));
        assertThat(PolicyReader.digest(later)).isNotEqualTo(PolicyReader.digest(read(WEB)));
        assertThat(Diff.between(PolicyReader.tree(read(WEB)), PolicyReader.tree(later)))
                .singleElement()
                .hasToString("~ spec.rules[1].lastBackup.olderThan: \"1d2h\" → \"2d\"");
    }

    @Test
    void conditionsKnowTheTime() throws Exception {
        TimedPredicate young = Expressions.compileTimed("now - host.booted_at < duration('24h')");
        Host host = Host.newBuilder()
                .setBootedAt(Timestamp.newBuilder().setSeconds(1_000_000))
                .build();
        assertThat(young.test(host, Instant.ofEpochSecond(1_000_000 + 3600))).isTrue();
        assertThat(young.test(host, Instant.ofEpochSecond(1_000_000 + 100_000))).isFalse();
        assertThat(Optional.of(young)).hasToString("Optional[now - host.booted_at < duration('24h')]");
    }
}
