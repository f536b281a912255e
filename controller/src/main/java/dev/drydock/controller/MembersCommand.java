package dev.drydock.controller;

import dev.drydock.controller.cluster.LeaseException;
import dev.drydock.controller.cluster.MemberStatus;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLeases;
import dev.drydock.controller.store.StoreException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drydock-controller members}. */
@Command(
        name = "members",
        description = {
            "Lists the controllers that share a database: which one leads, since when and in which term, and how many agents come by each.",
            "Those that were not seen for a day are left out."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  drydock-controller members --database postgresql://drydock@db.example.com/drydock"})
final class MembersCommand implements Callable<Integer> {
    private static final String ROW = "%-32s %-10s %-9s %-6s %-21s %-21s %s%n";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws StartException {
        List<String> problems = new ArrayList<>();
        Optional<PostgresAddress> address = database.address(problems);
        if (address.isEmpty() && problems.isEmpty()) {
            problems.add("--database: missing; expected for example postgresql://drydock@db.example.com/drydock");
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", problems));
        }
        try (PostgresLeases leases = PostgresLeases.open(address.orElseThrow())) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(ROW, "CONTROLLER", "VERSION", "ROLE", "TERM", "LEADS SINCE", "LAST SEEN", "AGENTS");
            for (MemberStatus member : leases.members()) {
                out.printf(
                        ROW,
                        member.name(),
                        member.version(),
                        member.leads() ? "leader" : "follower",
                        member.epoch().map(String::valueOf).orElse("-"),
                        member.since().map(MembersCommand::text).orElse("-"),
                        text(member.seenAt()),
                        member.connections());
            }
            out.flush();
            return 0;
        } catch (StoreException | LeaseException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
