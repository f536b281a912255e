package dev.drydock.controller;

import dev.drydock.controller.notify.mail.MailSettings;
import dev.drydock.controller.retention.Keep;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.oidc.OidcSettings;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.trace.OtlpEndpoint;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a controller runs.
 *
 * @param agentListen where agents come; port 0: any free one
 * @param apiListen where people and their tools come
 * @param names under which both are reached: in the servers' certificates
 * @param certificateLifetime of agents
 * @param feedListen where calendar programs come for windows; empty: nowhere
 * @param mail how teams are told by mail; empty: they are not
 * @param fetchBefore how long before an opening hosts may be asked to download what they need; zero: never
 * @param oidc by which provider people sign in to pages; empty: by password alone
 * @param keep how long the past is kept
 * @param traces where traces of runs are sent; empty: none are made
 * @param packages a folder of packages that hosts are installed from; empty: none are offered
 * @param database of PostgreSQL, which keeps what is no file; empty: the data directory does
 */
public record ControllerOptions(
        Path data,
        InetSocketAddress agentListen,
        InetSocketAddress apiListen,
        ServerNames names,
        Duration certificateLifetime,
        Optional<InetSocketAddress> feedListen,
        Optional<MailSettings> mail,
        Duration fetchBefore,
        Optional<OtlpEndpoint> traces,
        Optional<OidcSettings> oidc,
        Keep keep,
        Optional<Path> packages,
        Optional<PostgresAddress> database) {
    /** The same on other ports. */
    ControllerOptions listening(InetSocketAddress agents, InetSocketAddress api) {
        return new ControllerOptions(
                data,
                agents,
                api,
                names,
                certificateLifetime,
                feedListen,
                mail,
                fetchBefore,
                traces,
                oidc,
                keep,
                packages,
                database);
    }

    /** One that serves no feeds, sends neither mail nor traces, has nothing fetched ahead, and keeps everything. */
    public ControllerOptions(
            Path data,
            InetSocketAddress agentListen,
            InetSocketAddress apiListen,
            ServerNames names,
            Duration certificateLifetime) {
        this(
                data,
                agentListen,
                apiListen,
                names,
                certificateLifetime,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Keep.EVERYTHING,
                Optional.empty(),
                Optional.empty());
    }
}
