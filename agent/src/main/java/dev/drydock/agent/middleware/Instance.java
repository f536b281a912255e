package dev.drydock.agent.middleware;

import dev.drydock.agent.host.packages.Selection;
import dev.drydock.playbooks.middleware.Profile;
import dev.drydock.playbooks.middleware.Variant;

/**
 * A piece of middleware that is installed.
 *
 * @param variant with its series put in
 * @param version of the product's package
 */
public record Instance(Profile profile, Variant variant, String version) {
    /** For people; also tells those apart that are there side by side. */
    public String label() {
        return profile.name() + " " + series();
    }

    public String series() {
        return Versions.series(version, profile.seriesParts());
    }

    /** Whether a package of this name moves with it. */
    public boolean owns(String packageName) {
        return variant.packages().stream()
                .anyMatch(glob -> Selection.glob(glob).matcher(packageName).matches());
    }
}
