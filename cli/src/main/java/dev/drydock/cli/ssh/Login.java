package dev.drydock.cli.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import dev.drydock.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.function.Function;

/** What a person can show to be let in: key files, what their ssh-agent holds, a password. Immutable. */
public final class Login {
    private record KeyFile(Path path, byte[] passphrase) {}

    private final List<KeyFile> keys;
    private final Optional<Path> agentSocket;
    private final Optional<String> password;

    private Login(List<KeyFile> keys, Optional<Path> agentSocket, Optional<String> password) {
        this.keys = keys;
        this.agentSocket = agentSocket;
        this.password = password;
    }

    /**
     * @param passphrase of a key file that has one; asked at most once for each
     * @param agentSocket of an ssh-agent
     * @throws CliException a key file cannot be used
     */
    public static Login of(
            List<Path> keys, Function<Path, byte[]> passphrase, Optional<Path> agentSocket, Optional<String> password) {
        List<KeyFile> usable = new ArrayList<>();
        for (Path key : keys) {
            usable.add(new KeyFile(key, opened(key, passphrase)));
        }
        return new Login(List.copyOf(usable), agentSocket.filter(Files::exists), password);
    }

    /** False for what is no key at all. */
    public static boolean needsPassphrase(Path key) {
        try {
            return KeyPair.load(new JSch(), key.toString()).isEncrypted();
        } catch (JSchException e) {
            return false;
        }
    }

    /** The passphrase that opens it, empty where it needs none. */
    private static byte[] opened(Path key, Function<Path, byte[]> passphrase) {
        KeyPair pair;
        try {
            pair = KeyPair.load(new JSch(), key.toString());
        } catch (JSchException e) {
            throw CliException.usage(
                    "The key " + key + " cannot be used: " + why(e, key) + ".",
                    "Give the private key's file, as ssh-keygen makes it, with --ssh-key.");
        }
        try {
            if (!pair.isEncrypted()) {
                return new byte[0];
            }
            byte[] given = passphrase.apply(key);
            if (!pair.decrypt(given.clone())) {
                throw CliException.usage("The passphrase of the key " + key + " is not right.", "Try again.");
            }
            return given;
        } finally {
            pair.dispose();
        }
    }

    private static String why(JSchException e, Path key) {
        return !Files.exists(key)
                ? "there is no such file"
                : !Files.isReadable(key) ? "it may not be read" : String.valueOf(e.getMessage());
    }

    Optional<String> password() {
        return password;
    }

    /** There is nothing to show. */
    public boolean isEmpty() {
        return keys.isEmpty() && agentSocket.isEmpty() && password.isEmpty();
    }

    /** For messages: {@code the key ~/.ssh/id_ed25519, the ssh-agent}. */
    String words() {
        List<String> words = new ArrayList<>();
        keys.forEach(key -> words.add("the key " + key.path()));
        agentSocket.ifPresent(socket -> words.add("the keys of the ssh-agent"));
        password.ifPresent(any -> words.add("the password"));
        return words.isEmpty() ? "nothing (no key, no ssh-agent, no password)" : String.join(", ", words);
    }

    /** A repository of one connection: the key files first. Nothing is ever added to the ssh-agent. */
    IdentityRepository identities() throws JSchException {
        JSch files = new JSch();
        for (KeyFile key : keys) {
            files.addIdentity(key.path().toString(), key.passphrase().clone());
        }
        Vector<Identity> all = new Vector<>(files.getIdentityRepository().getIdentities());
        if (agentSocket.isPresent()) {
            try {
                all.addAll(new AgentIdentityRepository(new SSHAgentConnector(agentSocket.get())).getIdentities());
            } catch (AgentProxyException e) {
                throw new JSchException("the ssh-agent at " + agentSocket.get() + " does not answer", e);
            }
        }
        return new ReadOnly(all);
    }

    private record ReadOnly(Vector<Identity> all) implements IdentityRepository {
        @Override
        public String getName() {
            return "drydock";
        }

        @Override
        public int getStatus() {
            return RUNNING;
        }

        @Override
        public Vector<Identity> getIdentities() {
            return new Vector<>(all);
        }

        @Override
        public boolean add(byte[] identity) {
            return false;
        }

        @Override
        public boolean remove(byte[] blob) {
            return false;
        }

        @Override
        public void removeAll() {
            // They are the person's, not ours.
        }
    }
}
