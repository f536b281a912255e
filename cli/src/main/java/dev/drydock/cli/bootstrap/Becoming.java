package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.Remote.Answer;
import dev.drydock.cli.ssh.SshFault;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Finds out how commands run as root on a host: being root, by sudo, by sudo with a password. */
final class Becoming {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Becoming() {}

    /**
     * @param sudo whether sudo may be used
     * @param password that sudo may ask for
     */
    static Elevation root(Remote remote, String user, boolean sudo, Optional<String> password)
            throws SshFault, Stopped {
        Answer uid = remote.run("id -u", Remote.Input.NOTHING, LIMIT);
        if (!uid.ok()) {
            throw new Stopped(
                    "no-shell",
                    "commands do not run there: " + Said.shortly(uid),
                    "Give " + user + " a shell, or log in as somebody else with --ssh-user.");
        }
        if (uid.out().strip().equals("0")) {
            return Elevation.ROOT;
        }
        if (!sudo) {
            throw new Stopped(
                    "not-root",
                    user + " is not root there",
                    "Give --become sudo, or become: sudo in the file of hosts; or log in as root.");
        }
        Answer free = remote.run("env LC_ALL=C sudo -n true", Remote.Input.NOTHING, LIMIT);
        if (free.ok()) {
            return new Elevation(true, Optional.empty());
        }
        refuseForGood(free, user);
        if (password.isEmpty()) {
            throw new Stopped(
                    "sudo-password",
                    "sudo asks " + user + " for a password there",
                    "Give it with --ask-sudo-password or --sudo-password-file FILE.");
        }
        String line = password.get() + "\n";
        Answer asked = remote.run(
                "env LC_ALL=C sudo -k -S -p '' true",
                () -> new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
                LIMIT);
        if (asked.ok()) {
            return new Elevation(true, password);
        }
        refuseForGood(asked, user);
        throw new Stopped(
                "sudo-password",
                "sudo does not take that password of " + user,
                "Give the right one with --ask-sudo-password or --sudo-password-file FILE. Or may it not use sudo at all?");
    }

    private static void refuseForGood(Answer answer, String user) throws Stopped {
        String said = answer.err() + answer.out();
        if (answer.exit() == 127 || said.contains("not found") || said.contains("No such file")) {
            throw new Stopped(
                    "no-sudo", "there is no sudo", "Install it there, or log in as root with --ssh-user root.");
        }
        if (said.contains("not in the sudoers") || said.contains("not allowed") || said.contains("may not run")) {
            throw new Stopped(
                    "no-sudo",
                    user + " may not use sudo there",
                    "Let it, for example by the group sudo or wheel, or log in as somebody who may.");
        }
        if (said.contains("must have a tty")
                || said.contains("a terminal is required") && said.contains("requiretty")) {
            throw new Stopped(
                    "sudo-tty",
                    "sudo works there at a terminal only",
                    "Take requiretty out of sudoers for " + user + ".");
        }
    }
}
