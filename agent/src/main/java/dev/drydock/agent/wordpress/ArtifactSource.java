package dev.drydock.agent.wordpress;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Trees;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.agent.host.wordpress.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A mirror as one zip file with one topmost directory, pushed to the controller: a closed network can patch. */
public final class ArtifactSource implements UpdateSource {
    private final Artifacts artifacts;
    private final String digest;
    private final Path cache;

    /** @param cache a directory of our own; what was fetched stays there */
    public ArtifactSource(Artifacts artifacts, String digest, Path cache) {
        this.artifacts = artifacts;
        this.digest = digest;
        this.cache = cache;
    }

    @Override
    public String describe() {
        return "artifact " + digest;
    }

    @Override
    public List<Release> releases(WordPressSite site, Job job) throws HostException, IOException, InterruptedException {
        return mirror(job).releases(site, job);
    }

    @Override
    public void fetch(Release release, Path file, Job job) throws HostException, IOException, InterruptedException {
        mirror(job).fetch(release, file, job);
    }

    @Override
    public Map<String, String> checksums(Release release, Job job)
            throws HostException, IOException, InterruptedException {
        return mirror(job).checksums(release, job);
    }

    private MirrorSource mirror(Job job) throws HostException, IOException, InterruptedException {
        Path unpacked = cache.resolve("mirror");
        if (!Files.isRegularFile(unpacked.resolve(MirrorSource.INDEX))) {
            Files.createDirectories(cache);
            Path zip = cache.resolve("artifact.zip");
            artifacts.fetch(digest, zip, job);
            if (!digest.equals("sha256:" + FileKeeper.sha256(zip))) {
                throw new HostException("what was fetched is not " + digest);
            }
            Path fresh = cache.resolve("fresh");
            Trees.delete(fresh);
            new Zips().unpack(zip, fresh);
            Trees.delete(unpacked);
            Files.move(fresh, unpacked);
            Files.delete(zip);
        }
        return new MirrorSource(unpacked, describe());
    }
}
