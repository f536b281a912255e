package dev.drydock.agent.action;

import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.DirectoryStore;
import dev.drydock.agent.backup.Encryption;
import dev.drydock.agent.backup.s3.S3Credentials;
import dev.drydock.agent.backup.s3.S3Store;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseServers;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code backup.create} and {@code backup.verify} are told alike: where backups are and how they are opened. */
record BackupArgs(Args args, ManagedHost host) {
    static final String DEFAULT_NAME = "backup";
    private static final long DEFAULT_PART = 64L << 20;
    private static final long LEAST_PART = 5L << 20;
    private static final long MOST_PART = 5L << 30;
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    String name() {
        return args.string("name", DEFAULT_NAME);
    }

    Encryption encryption() {
        Args keys = nested("encrypt");
        return new Encryption(
                keys.optionalString("recipientsFile"),
                keys.optionalString("identityFile"),
                keys.optionalString("passphraseFile"));
    }

    Packing packing() {
        return encryption().around(Packing.zstd());
    }

    /** @param key {@code to} or {@code from} */
    BackupStore store(String key, Path workDir, InstantSource clock) throws HostException, IOException {
        String place = args.string(key);
        if (!isRemote(key)) {
            return new DirectoryStore(host.files(), place);
        }
        Args s3 = nested("s3");
        if (!s3.has("endpoint") || !s3.has("credentialsFile")) {
            throw new IllegalArgumentException("argument '" + key + "' is " + place
                    + ", so 's3' has to name the endpoint and the file with credentials");
        }
        String file = s3.string("credentialsFile");
        requireClosed(file);
        S3Store.Access access = new S3Store.Access(
                URI.create(s3.string("endpoint")),
                s3.string("region", "us-east-1"),
                S3Credentials.parse(host.files().read(file).orElse(""), file),
                partSize(s3));
        return new S3Store(host.files(), place, access, workDir, clock);
    }

    private static long partSize(Args s3) {
        long size = s3.optionalBytes("partSize").orElse(DEFAULT_PART);
        if (size < LEAST_PART || size > MOST_PART) {
            throw new IllegalArgumentException("argument 's3.partSize' is " + s3.string("partSize")
                    + ", expected 5MiB to 5GiB: servers take no others");
        }
        return size;
    }

    boolean isRemote(String key) {
        return args.string(key).startsWith("s3://");
    }

    String scratchBase(String key) {
        return args.string("scratch", isRemote(key) ? "/var/tmp" : args.string(key));
    }

    DatabaseServer server(Job job) throws HostException, InterruptedException {
        return new DatabaseServers(host).reach(args.optionalString("engine"), args.optionalString("defaultsFile"), job);
    }

    /** @throws HostException when a file of keys is not there, or a secret one is open to others */
    void requireKeys() throws HostException, IOException {
        Encryption keys = encryption();
        for (Optional<String> file : List.of(keys.recipients(), keys.identity(), keys.passphrase())) {
            if (file.isPresent() && !Files.isRegularFile(host.files().resolve(file.get()))) {
                throw new HostException(file.get() + " is not there; it is the file of keys for the encryption");
            }
        }
        for (Optional<String> secret : List.of(keys.identity(), keys.passphrase())) {
            if (secret.isPresent()) {
                requireClosed(secret.get());
            }
        }
    }

    private void requireClosed(String file) throws HostException, IOException {
        Path path = host.files().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new HostException(file + " is not there");
        }
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
        if (open.stream().anyMatch(OTHERS::contains)) {
            throw new HostException(file + " can be read by others than its owner ("
                    + PosixFilePermissions.toString(open) + "); expected rw-------");
        }
    }

    private Args nested(String key) {
        Map<String, Object> values = new HashMap<>();
        if (args.values().get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        return new Args(values);
    }
}
