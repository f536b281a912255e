package dev.drydock.agent.middleware;

import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.playbooks.middleware.Profile;
import dev.drydock.playbooks.middleware.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells by the packages which middleware is there. Pure. */
public final class MiddlewareFinder {
    private MiddlewareFinder() {}

    /**
     * @param manager name of the package manager
     * @return in the order in which services are started
     */
    public static List<Instance> find(Collection<Profile> profiles, List<InstalledPackage> installed, String manager) {
        List<Instance> found = new ArrayList<>();
        for (Profile profile : profiles) {
            for (Variant variant : profile.variants()) {
                if (variant.managers().isEmpty() || variant.managers().contains(manager)) {
                    installed.stream().filter(InstalledPackage::healthy).forEach(p -> of(variant, p.id().name())
                            .ifPresent(own -> found.add(new Instance(profile, own, p.version()))));
                }
            }
        }
        found.sort(
                Comparator.comparing((Instance instance) -> instance.profile().tier())
                        .thenComparing(Instance::label));
        return found;
    }

    private static Optional<Variant> of(Variant variant, String packageName) {
        return variant.product().equals(packageName)
                ? Optional.of(variant)
                : variant.seriesOf(packageName).map(variant::of);
    }
}
