package dev.drydock.controller;

import dev.drydock.controller.cluster.Fence;
import dev.drydock.controller.cluster.LeaseException;
import dev.drydock.controller.cluster.Member;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.controller.security.token.FirstToken;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLeases;
import dev.drydock.controller.store.PostgresStore;
import dev.drydock.controller.store.SqlApiTokens;
import dev.drydock.controller.store.SqlSessions;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.controller.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drydock-controller reset-admin}. */
@Command(
        name = "reset-admin",
        description = {
            "For who lost the administrator's token: writes a new one to the file admin.token of the data directory.",
            "All former tokens and all sessions of the user admin end; other users stay as they are. Stop the controller first."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  drydock-controller reset-admin --data /var/lib/drydock"})
final class ResetAdminCommand implements Callable<Integer> {
    /** So long nobody leads meanwhile. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The controller's data directory.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws StartException {
        Path root = data.toAbsolutePath().normalize();
        List<String> problems = new ArrayList<>();
        Optional<PostgresAddress> postgres = database.address(problems);
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", problems));
        }
        if (postgres.isEmpty() && !Files.isRegularFile(root.resolve("drydock.db"))) {
            throw new StartException(
                    "There is no " + root.resolve("drydock.db")
                            + ": no controller was started with this data directory yet.",
                    null);
        }
        if (postgres.isEmpty()) {
            return reset(root, postgres);
        }
        try (PostgresLeases leases = PostgresLeases.open(postgres.get())) {
            long term = leases.take(Member.of("reset-admin", 0, 0, Optional.empty(), Version.text()), LEASE)
                    .orElseThrow(() -> new StartException(
                            "A controller leads on " + postgres.get()
                                    + ": stop all controllers of this database first.",
                            null));
            try {
                return reset(root, postgres);
            } finally {
                leases.release(term);
            }
        } catch (StoreException | LeaseException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private int reset(Path root, Optional<PostgresAddress> postgres) throws StartException {
        try (DataDirectory directory = DataDirectory.open(root);
                SqlStore store = postgres.isPresent()
                        ? PostgresStore.open(postgres.get(), Fence.NONE)
                        : SqliteStore.upgrading(directory.database(), InstantSource.system())) {
            InstantSource clock = InstantSource.system();
            SqlUsers users = new SqlUsers(store);
            SqlApiTokens kept = new SqlApiTokens(store, users);
            ApiTokens tokens = new ApiTokens(kept, new SecureRandom(), clock);
            int ended = new FirstToken(users, kept, tokens, clock).replace(directory.adminToken(), Users.ADMIN);
            int sessions = new SqlSessions(store, users).removeAll(Users.ADMIN);
            spec.commandLine()
                    .getOut()
                    .println("A new token of user " + Users.ADMIN + " is in " + directory.adminToken() + "; " + ended
                            + " former tokens and " + sessions
                            + " sessions ended. Log in with: drydock login --address HOST:8443 --ca ca.crt --token-file "
                            + directory.adminToken());
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException("Cannot write " + root.resolve("admin.token") + ": " + e.getMessage() + ".", e);
        }
    }
}
