package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.CreateWindowFeedRequest;
import dev.drydock.proto.v1.CreateWindowFeedResponse;
import dev.drydock.proto.v1.ExportWindowsRequest;
import dev.drydock.proto.v1.RevokeWindowFeedsRequest;
import dev.drydock.proto.v1.SimulateWindowRequest;
import dev.drydock.proto.v1.SimulateWindowResponse;
import dev.drydock.proto.v1.SimulatedOpening;
import dev.drydock.proto.v1.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a window would do, and what it gives to calendar programs. An empty name is that of all windows. */
final class WindowSharing {
    private final App app;

    WindowSharing(App app) {
        this.app = app;
    }

    int simulate(Window window, @Nullable String from, @Nullable String to) {
        ZoneId zone = ZoneId.of(window.getZone());
        Instant begin = from == null ? app.environment().clock().instant() : WindowStart.instant("--from", from, zone);
        Instant end = to == null ? begin.plus(Duration.ofDays(365)) : WindowStart.instant("--to", to, zone);
        SimulateWindowResponse span = app.api()
                .windows()
                .simulateWindow(SimulateWindowRequest.newBuilder()
                        .setName(window.getName())
                        .setFrom(Times.message(begin))
                        .setTo(Times.message(end))
                        .build());
        Output output = app.output();
        output.answer(
                span,
                span.getOpeningsList().stream()
                        .filter(SimulatedOpening::hasOpening)
                        .map(one -> Times.instant(one.getOpening().getOpens()).toString())
                        .toList(),
                () -> WindowView.simulated(window, span, output));
        return 0;
    }

    int export(String which) {
        var exported = app.api()
                .windows()
                .exportWindows(ExportWindowsRequest.newBuilder().setName(which).build());
        app.output().answer(exported, List.of(which.isEmpty() ? "all" : which), () -> exported.getIcs()
                .lines()
                .toList());
        return 0;
    }

    int feed(String which, boolean revoke) {
        Output output = app.output();
        if (revoke) {
            var revoked = app.api()
                    .windows()
                    .revokeWindowFeeds(
                            RevokeWindowFeedsRequest.newBuilder().setName(which).build());
            output.answer(
                    revoked,
                    List.of(String.valueOf(revoked.getRevoked())),
                    () -> List.of(revoked.getRevoked() + " links are taken back."));
            return 0;
        }
        CreateWindowFeedResponse feed = app.api()
                .windows()
                .createWindowFeed(
                        CreateWindowFeedRequest.newBuilder().setName(which).build());
        String host = app.api().target().host();
        String link =
                "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + feed.getPort() + feed.getPath();
        output.answer(feed, List.of(link), () -> List.of(link));
        output.hint("Whoever has this link can read it. Take all links back with: drydock window feed "
                + (which.isEmpty() ? "--all" : which) + " --revoke");
        return 0;
    }

    static String oneOrAll(@Nullable String name, boolean all) {
        if (all == (name != null)) {
            throw CliException.usage("Which window is not clear.", "Give its name or --all.");
        }
        return Options.orEmpty(name);
    }
}
