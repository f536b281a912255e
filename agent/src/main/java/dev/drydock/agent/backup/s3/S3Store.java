package dev.drydock.agent.backup.s3;

import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.Manifest;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backups as objects of a bucket. They are gathered on this machine first; the manifest, put last, makes them a backup. */
public final class S3Store implements BackupStore {
    private static final int MOST_MANIFEST = 4 << 20;

    private final String url;
    private final String prefix;
    private final Path workDir;
    private final S3Client client;
    private final S3Multipart multipart;
    private final S3Upload upload;

    /**
     * How the bucket is reached.
     *
     * @param part bytes: a larger file is uploaded in parts of that size
     */
    public record Access(URI endpoint, String region, S3Credentials credentials, long part) {}

    /**
     * @param files whose programs make sums
     * @param url {@code s3://bucket/prefix}
     * @param workDir where backups are gathered, and where they are brought to
     */
    public S3Store(HostFiles files, String url, Access access, Path workDir, InstantSource clock) {
        this.url = url.replaceAll("/+$", "");
        String place = this.url.substring("s3://".length());
        int slash = place.indexOf('/');
        String bucket = slash < 0 ? place : place.substring(0, slash);
        this.prefix = slash < 0 ? "" : place.substring(slash + 1) + "/";
        this.workDir = workDir;
        S3Signature signature = new S3Signature(access.credentials(), access.region());
        S3Wire wire = new S3Wire(access.endpoint(), bucket, signature, clock);
        this.client = new S3Client(wire);
        this.multipart = new S3Multipart(wire);
        this.upload = new S3Upload(files, client, multipart, access.part());
    }

    @Override
    public String location() {
        return url;
    }

    @Override
    public void requireUsable(Job job) throws HostException, IOException {
        client.list(prefix + "drydock-asks");
    }

    @Override
    public Path staging(String id) throws IOException {
        Path staging = workDir.resolve("staging-" + id);
        DurableFiles.createPrivateDirectory(staging);
        return staging;
    }

    @Override
    public Path room() {
        return workDir;
    }

    @Override
    public void publish(Manifest manifest, Job job) throws HostException, IOException, InterruptedException {
        Path staging = staging(manifest.id());
        for (Manifest.Archive archive : manifest.archives()) {
            job.output().line("Putting " + archive.file() + " into " + url);
            upload.put(key(manifest.id(), archive.file()), staging.resolve(archive.file()), archive.sha256(), job);
        }
        Path last = staging.resolve(Manifest.NAME);
        DurableFiles.replace(last, manifest.json());
        client.put(key(manifest.id(), Manifest.NAME), last, Digests.sha256(manifest.json()), job);
        DurableFiles.deleteTree(staging);
    }

    @Override
    public void discard(String id, Job job) throws HostException, IOException {
        DurableFiles.deleteTree(workDir.resolve("staging-" + id));
        if (find(id, job).isEmpty()) {
            for (S3Multipart.Pending pending : multipart.pending(key(id, ""))) {
                job.output().line("Aborting the upload of " + pending.key());
                multipart.abort(pending);
            }
            for (String key : client.list(key(id, ""))) {
                client.delete(key);
            }
        }
    }

    @Override
    public Optional<Manifest> find(String id, Job job) throws HostException, IOException {
        Optional<byte[]> json = client.get(key(id, Manifest.NAME), MOST_MANIFEST);
        return json.isEmpty() ? Optional.empty() : Optional.of(Manifest.of(json.get()));
    }

    @Override
    public List<Manifest> all(Job job) throws HostException, IOException {
        List<Manifest> all = new ArrayList<>();
        for (String key : client.list(prefix)) {
            String[] part = key.substring(prefix.length()).split("/");
            if (part.length == 2 && part[1].equals(Manifest.NAME)) {
                try {
                    find(part[0], job)
                            .filter(found -> found.id().equals(part[0]))
                            .ifPresent(all::add);
                } catch (IOException notOurs) {
                    job.output().line("Left alone: " + key + " " + notOurs.getMessage());
                }
            }
        }
        return all;
    }

    @Override
    public Path fetch(Manifest manifest, String file, Path into, Job job)
            throws HostException, IOException, InterruptedException {
        Path fetched = into.resolve("fetched-" + file);
        if (!Files.exists(fetched)) {
            Path part = into.resolve("fetched-" + file + ".part");
            Files.deleteIfExists(part);
            client.get(key(manifest.id(), file), part, job);
            Files.move(part, fetched);
        }
        return fetched;
    }

    @Override
    public void remove(Manifest manifest, Job job) throws HostException, IOException {
        for (Manifest.Archive archive : manifest.archives()) {
            client.delete(key(manifest.id(), archive.file()));
        }
        client.delete(key(manifest.id(), Manifest.NAME));
    }

    private String key(String id, String file) {
        return prefix + id + "/" + file;
    }
}
