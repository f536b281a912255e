package dev.drydock.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsFileTest {
    private static final String PRINT = "SHA256:" + "a".repeat(43);

    private static List<ListedHost> read(String spec) {
        String text = "apiVersion: drydock/v1\nkind: Hosts\nspec:\n" + spec.indent(2);
        return HostsFile.read("hosts.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatAHostDoesNotSayTheDefaultsDo() {
        List<ListedHost> hosts = read("""
                defaults: {user: admin, port: 2222, key: id, become: sudo, jump: outer, labels: {site: tokyo, role: any}}
                jumps:
                  - {name: outer, address: bastion.example.com, user: jump, hostKey: %s}
                hosts:
                  - name: web-01
                    address: 192.0.2.7
                    labels: {role: web}
                  - {name: db-01, user: root, port: 22, become: none, jump: ["a@b.example:23", outer], hostKey: [%s]}
                """.formatted(PRINT, PRINT));

        Machine outer = new Machine(
                "bastion.example.com", Optional.empty(), Optional.of("jump"), Optional.empty(), List.of(PRINT));
        assertThat(hosts)
                .containsExactly(
                        new ListedHost(
                                "web-01",
                                new Machine(
                                        "192.0.2.7",
                                        Optional.of(2222),
                                        Optional.of("admin"),
                                        Optional.of("id"),
                                        List.of()),
                                List.of(outer),
                                Optional.of("sudo"),
                                Map.of("site", "tokyo", "role", "web")),
                        new ListedHost(
                                "db-01",
                                new Machine(
                                        "db-01",
                                        Optional.of(22),
                                        Optional.of("root"),
                                        Optional.of("id"),
                                        List.of(PRINT)),
                                List.of(
                                        new Machine(
                                                "b.example",
                                                Optional.of(23),
                                                Optional.of("a"),
                                                Optional.empty(),
                                                List.of()),
                                        outer),
                                Optional.of("none"),
                                Map.of("site", "tokyo", "role", "any")));
    }

    @Test
    void allThatIsWrongIsSaidAtOnceWithItsPlace() {
        CliException thrown = catchThrowableOfType(CliException.class, () -> read("""
                defaults: {usr: admin, become: su}
                hosts:
                  - {name: Web, port: 99999}
                  - {name: a, hostKey: "MD5:00"}
                  - {name: a, jump: "not a host", labels: [x]}
                  - {address: 192.0.2.1, user: "o'neil; rm"}
                """));

        assertThat(thrown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(thrown.getMessage().lines())
                .containsExactly(
                        "hosts.yaml:4:14: spec.defaults.usr: unknown key 'usr'; did you mean user?",
                        "hosts.yaml:4:34: spec.defaults.become: expected sudo or none, found 'su'",
                        "hosts.yaml:6:14: spec.hosts[0].name: expected a name of lower-case letters, digits, dots, dashes and"
                                + " underscores, with a letter or digit first and last, found 'Web'",
                        "hosts.yaml:6:25: spec.hosts[0].port: expected a port, 1 to 65535, found the number 99999",
                        "hosts.yaml:7:26: spec.hosts[1].hostKey: expected a fingerprint as ssh-keygen -l shows it, SHA256: and"
                                + " 43 characters, found 'MD5:00'",
                        "hosts.yaml:8:14: spec.hosts[2].name: expected a name that no other host of this file has, found 'a'",
                        "hosts.yaml:8:23: spec.hosts[2].jump: expected the name of one of spec.jumps, or [USER@]HOST[:PORT],"
                                + " an IPv6 address in brackets, found 'not a host'",
                        "hosts.yaml:8:45: spec.hosts[2].labels: expected a mapping such as {role: web}, found a list",
                        "hosts.yaml:9:7: spec.hosts[3]: the key 'name' is missing: a name of lower-case letters, digits, dots,"
                                + " dashes and underscores, with a letter or digit first and last",
                        "hosts.yaml:9:34: spec.hosts[3].user: expected a user's name, found 'o'neil; rm'");
    }

    @Test
    void aFileWithoutHostsIsRefused() {
        assertThat(catchThrowableOfType(CliException.class, () -> read("defaults: {user: a}")))
                .hasMessageContaining("expected at least one host under 'hosts'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=x", "a@-x", "a b", "", "host:0", "host:70000", "a@b@c", "[::1", "user@"})
    void whatIsNoMachineIsNotReadAsOne(String text) {
        assertThat(Machine.parse(text)).isEmpty();
    }

    @Test
    void anAddressOfVersion6IsInBrackets() {
        assertThat(Machine.parse("root@[2001:db8::1]:2222"))
                .contains(new Machine(
                        "2001:db8::1", Optional.of(2222), Optional.of("root"), Optional.empty(), List.of()));
    }
}
