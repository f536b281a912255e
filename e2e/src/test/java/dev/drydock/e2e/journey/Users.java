package dev.drydock.e2e.journey;

import dev.drydock.e2e.fleet.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** People beside the administrator. */
final class Users {
    private Users() {}

    /** Makes a user with a context of that name. The administrator's stays the one that is used where none is named. */
    static void make(Fleet fleet, String name, String role) throws IOException {
        Path token = fleet.directory().resolve(name + ".token");
        Files.writeString(token, fleet.cli().ok("user", "create", name, "--role", role, "--quiet"));
        login(fleet, name, token);
        login(fleet, "default", fleet.controller().data().resolve("admin.token"));
    }

    private static void login(Fleet fleet, String context, Path token) {
        fleet.cli()
                .ok(
                        "login",
                        "--context",
                        context,
                        "--address",
                        fleet.controller().apiAddress(),
                        "--ca",
                        fleet.controller().data().resolve("ca.crt").toString(),
                        "--token-file",
                        token.toString());
    }
}
