package dev.drydock.cli.inventory;

import dev.drydock.cli.ssh.Endpoint;
import dev.drydock.cli.ssh.Login;
import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.SshConnector;
import dev.drydock.cli.ssh.SshConnector.Hop;
import dev.drydock.cli.ssh.SshFault;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How hosts are got into: what the file says of a host, else what the command says. For several threads.
 *
 * @param logins what is shown, by the key file that a machine names
 * @param jumps the way to hosts of which the file names none
 * @param sudo whether root is got by sudo where the file does not say
 */
public record Route(
        SshConnector connector,
        Function<Optional<String>, Login> logins,
        String user,
        int port,
        List<Machine> jumps,
        boolean sudo,
        Optional<String> sudoPassword) {
    public Remote connect(ListedHost host) throws SshFault {
        List<Machine> way = host.jumps().isEmpty() ? jumps : host.jumps();
        return connector.connect(
                hop(host.address()), way.stream().map(this::hop).toList());
    }

    public Endpoint endpoint(ListedHost host) {
        return hop(host.address()).endpoint();
    }

    public boolean sudo(ListedHost host) {
        return host.become().map("sudo"::equals).orElse(sudo);
    }

    private Hop hop(Machine machine) {
        return new Hop(
                new Endpoint(
                        machine.user().orElse(user),
                        machine.host(),
                        machine.port().orElse(port),
                        machine.fingerprints()),
                logins.apply(machine.key()));
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "route as " + user;
    }
}
