package dev.drydock.cli.assess;

import dev.drydock.cli.bootstrap.RootAccess;
import dev.drydock.cli.bootstrap.Shell;
import dev.drydock.cli.bootstrap.SideBySide;
import dev.drydock.cli.bootstrap.Trouble;
import dev.drydock.cli.inventory.ListedHost;
import dev.drydock.cli.inventory.Route;
import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.SshFault;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at many hosts side by side.
 *
 * @param refresh whether the host's package manager fetches fresh lists first: the one thing that it changes
 */
public record Assess(Route route, int parallel, boolean refresh) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** In the order of the hosts. @param told of each that has been looked at */
    public List<AssessResult> run(List<ListedHost> hosts, Consumer<AssessResult> told) {
        return SideBySide.each(parallel, hosts, host -> {
            AssessResult result = look(host);
            told.accept(result);
            return result;
        });
    }

    private AssessResult look(ListedHost host) {
        String address = route.endpoint(host).toString();
        try (Remote remote = route.connect(host)) {
            String script = Shell.script(Assess.class, "assess.sh", Map.of("refresh", refresh ? "yes" : "no"));
            Remote.Answer answer = RootAccess.run(
                    remote, route.endpoint(host).user(), route.sudo(host), route.sudoPassword(), script, LIMIT);
            if (!AssessReading.isWhole(answer.out())) {
                return failed(host, address, RootAccess.unexpected(answer));
            }
            AssessReading read = AssessReading.parse(answer.out());
            Host facts = read.facts().toBuilder()
                    .setName(host.name())
                    .putAllLabels(host.labels())
                    .build();
            return new AssessResult(host.name(), address, Optional.of(facts), read.troubles(), Optional.empty());
        } catch (SshFault e) {
            return failed(host, address, Trouble.of(e));
        } catch (RootAccess.Refused e) {
            return failed(host, address, e.trouble());
        }
    }

    private static AssessResult failed(ListedHost host, String address, Trouble why) {
        return new AssessResult(host.name(), address, Optional.empty(), List.of(), Optional.of(why));
    }
}
