package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How commands run as root on one host.
 *
 * @param sudo otherwise the one who logs in is root
 * @param password that sudo asks for
 */
record Elevation(boolean sudo, Optional<String> password) {
    /** Where what sudo may have left unread ends, and what the command is to read begins. */
    private static final String MARK = "drydock-input-begins";

    private static final String SKIP_TO_MARK =
            "while IFS= read -r line; do [ \"$line\" = " + MARK + " ] && break; done\n";

    static final Elevation ROOT = new Elevation(false, Optional.empty());

    /** The command that runs a script of the shell as root. The script is no secret: anybody there may see it. */
    String command(String script) {
        String shell = "sh -c " + Shell.quote(SKIP_TO_MARK + script);
        if (!sudo) {
            return shell;
        }
        // -k: it asks whatever it remembers, so that what is read first is always the password.
        return "env LC_ALL=C sudo " + (password.isPresent() ? "-k -S -p ''" : "-n") + " -- " + shell;
    }

    /** What that command reads: the password, where it is asked for, then what the script is to read. */
    Remote.Input input(Remote.Input content) {
        String before = password.map(text -> text + "\n").orElse("") + MARK + "\n";
        return () -> new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)), content.open())));
    }
}
