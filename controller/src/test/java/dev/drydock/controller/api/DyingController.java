package dev.drydock.controller.api;

import java.nio.file.Path;
import java.util.List;

/** A controller that dies, as by kill -9, while it serves its third call. Prints its port. */
final class DyingController {
    private DyingController() {}

    public static void main(String[] arguments) throws Exception {
        FakeTeams teams = new FakeTeams();
        teams.does(call -> {
            if (teams.created() == 3) {
                Runtime.getRuntime().halt(137);
            }
            FakeTeams.done(call);
        });
        // Never closed.
        TestServer server = new TestServer(Path.of(arguments[0]), test -> List.of(teams));
        server.recorder().started("1.2.3");
        System.out.println(server.port());
    }
}
