package dev.drydock.agent.facts;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.middleware.Instance;
import dev.drydock.agent.middleware.MiddlewareFinder;
import dev.drydock.agent.middleware.MiddlewareLibrary;
import dev.drydock.agent.middleware.Versions;
import dev.drydock.playbooks.middleware.EndOfLife;
import dev.drydock.proto.facts.v1.Middleware;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Which middleware is installed, by profiles; what is on offer for it is what the package manager was asked for already. */
final class MiddlewareFacts {
    private final MiddlewareLibrary library;

    MiddlewareFacts(HostFiles files) {
        this.library = new MiddlewareLibrary(files);
    }

    /** @param packages with what is on offer */
    List<Middleware> gather(Packages packages, List<InstalledPackage> installed) throws HostException, IOException {
        EndOfLife endOfLife = library.endOfLife();
        List<Middleware> all = new ArrayList<>();
        for (Instance one : MiddlewareFinder.find(library.profiles().values(), installed, packages.getManager())) {
            String name = one.profile().name();
            Middleware.Builder facts = Middleware.newBuilder()
                    .setName(name)
                    .setVersion(Versions.upstream(one.version()))
                    .setSeries(one.series())
                    .setInstalledVersion(one.version())
                    .setEndOfLife(endOfLife
                            .of(name, one.series())
                            .map(LocalDate::toString)
                            .orElse(""));
            for (PendingUpdate update : packages.getPendingList()) {
                if (one.owns(update.getName())) {
                    facts.setSecurity(facts.getSecurity() || update.getSecurity());
                }
                if (update.getName().equals(one.variant().product())) {
                    facts.setAvailableVersion(update.getAvailableVersion());
                }
            }
            all.add(facts.build());
        }
        return all;
    }
}
