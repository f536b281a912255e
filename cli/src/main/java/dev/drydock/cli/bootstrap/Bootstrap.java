package dev.drydock.cli.bootstrap;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.inventory.ListedHost;
import dev.drydock.cli.inventory.Route;
import dev.drydock.cli.ssh.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code drydock host bootstrap}: many hosts side by side.
 *
 * @param route how each is got into
 * @param controller where agents reach the controller, {@code HOST:PORT}
 * @param parallel how many at once
 * @param check nothing is changed
 */
public record Bootstrap(
        Api api,
        Route route,
        String controller,
        List<Parcel> parcels,
        boolean enrolAnew,
        Duration patience,
        int parallel,
        boolean check,
        InstantSource clock) {

    /** In the order of the hosts. */
    public List<HostResult> run(List<ListedHost> hosts, Progress progress) {
        ApiController known = new ApiController(api);
        known.tryOut();
        try (ParcelFiles files = new ParcelFiles()) {
            return SideBySide.each(parallel, hosts, host -> {
                HostResult result = new HostWork(task(host, files), known, progress, check).run();
                progress.ended(result);
                return result;
            });
        }
    }

    private HostTask task(ListedHost host, ParcelContents files) {
        Endpoint endpoint = route.endpoint(host);
        return new HostTask(
                endpoint.user(),
                endpoint.toString(),
                () -> route.connect(host),
                route.sudo(host),
                route.sudoPassword(),
                new Wanted(host.name(), host.labels(), controller, parcels, enrolAnew, patience, clock.instant()),
                files);
    }
}
