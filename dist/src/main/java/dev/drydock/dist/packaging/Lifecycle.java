package dev.drydock.dist.packaging;

import java.util.List;

/**
 * A package's scripts are written once, as shell functions, and called at the moments that both families know:
 *
 * <ul>
 *   <li>{@code before FIRST}: before files come, {@code FIRST} is yes or no
 *   <li>{@code installed FIRST}: when they are there
 *   <li>{@code leaving}: before files go for good; may refuse
 *   <li>{@code gone}: when they went
 *   <li>{@code purged}: when nothing at all is to be left (Debian alone knows that)
 * </ul>
 */
final class Lifecycle {
    private static final List<String> MOMENTS = List.of("before", "installed", "leaving", "gone", "purged");

    private Lifecycle() {}

    static void require(Software software) {
        for (String moment : MOMENTS) {
            if (!software.scripts().contains("\n" + moment + "() {")) {
                throw new IllegalArgumentException("the scripts of " + software.name() + " lack " + moment);
            }
        }
    }

    static String debian(Software software, String calls) {
        return "#!/bin/sh\nset -e\n" + software.scripts() + "\ncase $1 in\n" + calls + "esac\n";
    }

    static String rpm(Software software, String calls) {
        return "set -e\n" + software.scripts() + "\n" + calls;
    }

    // How Debian calls its scripts: Debian Policy 6.5. A failed upgrade of the old package goes on in the new one's
    // scripts.
    static final String DEBIAN_PREINST = "  install) before yes ;;\n  upgrade) before no ;;\n";
    static final String DEBIAN_POSTINST =
            "  configure) if [ -z \"$2\" ]; then installed yes; else installed no; fi ;;\n"
                    + "  abort-*) installed no ;;\n";
    static final String DEBIAN_PRERM = "  remove) leaving ;;\n";
    static final String DEBIAN_POSTRM = "  remove) gone ;;\n  purge) purged ;;\n";

    // How rpm calls them: the number of packages of this name that will be there.
    static final String RPM_PRE = "if [ \"$1\" -gt 1 ]; then before no; else before yes; fi\n";
    static final String RPM_POST = "if [ \"$1\" -gt 1 ]; then installed no; else installed yes; fi\n";
    static final String RPM_PREUN = "if [ \"$1\" -eq 0 ]; then leaving; fi\n";
    static final String RPM_POSTUN = "if [ \"$1\" -eq 0 ]; then gone; fi\n";
}
