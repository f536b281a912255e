package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** OpenSSH and sudo on a host of the lab, from Debian's archive; and keys, made by its ssh-keygen. */
public final class SshServer {
    private static final String KEY = "/root/made";

    private final LabHost host;

    private SshServer(LabHost host) {
        this.host = host;
    }

    public static SshServer on(LabHost host) {
        host.installFromDebian("ssh", "openssh-server", "sudo");
        return new SshServer(host);
    }

    /** On a host that lives by rpm: rpm knows nothing of it. */
    public static SshServer besideRpm(LabHost host) {
        host.installFromDebianBesideRpm("rpmssh", "openssh-server", "sudo");
        return new SshServer(host);
    }

    public LabHost host() {
        return host;
    }

    /** A key of this type of OpenSSH; written into a file that only its owner reads, with its public half in FILE.pub. */
    public Path newKey(Path file, String passphrase) {
        host.sh("rm -f " + KEY + "*; ssh-keygen -q -t ed25519 -N '" + passphrase + "' -C lab -f " + KEY);
        try {
            Files.writeString(file, host.sh("cat " + KEY) + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(publicHalf(file), host.sh("cat " + KEY + ".pub") + "\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param sudoers what follows the user's name in its line of sudoers; empty: it may not use sudo */
    public void user(String name, Path key, String sudoers) {
        host.sh("id " + name + " >/dev/null 2>&1 || useradd --create-home --shell /bin/sh " + name);
        letIn(name, "/home/" + name, key);
        if (!sudoers.isEmpty()) {
            host.put("/etc/sudoers.d/" + name, name + " " + sudoers + "\n", 0440);
        }
    }

    public void password(String user, String password) {
        host.put("/root/password", user + ":" + password + "\n", 0600);
        host.sh("chpasswd </root/password && rm /root/password");
    }

    public void root(Path key) {
        letIn("root", "/root", key);
    }

    private void letIn(String user, String home, Path key) {
        try {
            host.put(home + "/.ssh/authorized_keys", Files.readString(publicHalf(key)), 0600);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.sh("chmod 700 " + home + "/.ssh && chown -R " + user + " " + home + "/.ssh");
    }

    /** Of its Ed25519 host key, as it shows it on its console. */
    public String fingerprint() {
        return host.sh("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d ' ' -f 2");
    }

    /** The host's line of known_hosts with this key in it. */
    public String knownHost(String publicKey) {
        String[] fields = publicKey.strip().split(" ");
        return host.address() + " " + fields[0] + " " + fields[1] + "\n";
    }

    public String hostKey() {
        return host.sh("cat /etc/ssh/ssh_host_ed25519_key.pub");
    }

    public static Path publicHalf(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }
}
