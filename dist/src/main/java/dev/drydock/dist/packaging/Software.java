package dev.drydock.dist.packaging;

import java.util.Map;

/**
 * One package, whatever its format.
 *
 * @param version as Maven writes it
 * @param summary one line
 * @param description several lines of text
 * @param section of Debian's archive
 * @param debianNeeds what Debian calls the packages that it needs
 * @param tree what it puts where
 * @param scripts shell functions by the moments in a package's life (see {@link Lifecycle})
 */
record Software(
        String name,
        String version,
        String summary,
        String description,
        String section,
        String debianNeeds,
        Tree tree,
        String scripts) {
    private static final Map<String, String> DEBIAN_PROCESSORS = Map.of("amd64", "amd64", "aarch64", "arm64");
    private static final Map<String, String> RPM_PROCESSORS = Map.of("amd64", "x86_64", "aarch64", "aarch64");

    /** Both families sort what follows a tilde before the release: 0.2.0~SNAPSHOT is older than 0.2.0. */
    String packageVersion() {
        return version.replace('-', '~');
    }

    static String debianProcessor() {
        return known(DEBIAN_PROCESSORS);
    }

    static String rpmProcessor() {
        return known(RPM_PROCESSORS);
    }

    String debFile() {
        return name + "_" + packageVersion() + "_" + debianProcessor() + ".deb";
    }

    String rpmFile() {
        return name + "-" + packageVersion() + "-1." + rpmProcessor() + ".rpm";
    }

    private static String known(Map<String, String> processors) {
        String processor = String.valueOf(System.getProperty("os.arch"));
        String name = processors.get(processor);
        if (name == null) {
            throw new IllegalStateException("no packages are made for the processor " + processor);
        }
        return name;
    }
}
