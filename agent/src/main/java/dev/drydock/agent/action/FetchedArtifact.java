package dev.drydock.agent.action;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.proto.agent.v1.Fetched;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The artifact of a step, by way of the place for what is fetched ahead where that exists: there it stays, also in part, and is
 * proven by its digest each time that it is asked for.
 */
final class FetchedArtifact implements Artifacts {
    private final Artifacts artifacts;
    private final Optional<Path> directory;

    /** @param directory as {@link StepContext#fetched} */
    FetchedArtifact(Artifacts artifacts, Optional<Path> directory) {
        this.artifacts = artifacts;
        this.directory = directory.filter(Files::isDirectory);
    }

    @Override
    public void fetch(String digest, Path file, Job job) throws HostException, IOException, InterruptedException {
        if (directory.isEmpty()) {
            artifacts.fetch(digest, file, job);
            return;
        }
        Path kept = kept(directory.get());
        if (Files.isRegularFile(kept) && digest.equals("sha256:" + FileKeeper.sha256(kept))) {
            job.output().line("Artifact " + digest + " was fetched before");
        } else {
            Files.deleteIfExists(kept);
            artifacts.fetch(digest, kept, job);
        }
        Files.deleteIfExists(file);
        try {
            Files.createLink(file, kept);
        } catch (FileSystemException otherFileSystem) {
            Files.copy(kept, file);
        }
    }

    /** What lies ready. */
    Fetched lying() throws IOException {
        Optional<Path> file = directory.map(FetchedArtifact::kept).filter(Files::isRegularFile);
        return file.isEmpty()
                ? Fetched.getDefaultInstance()
                : Fetched.newBuilder()
                        .setFiles(1)
                        .setBytes(Files.size(file.get()))
                        .build();
    }

    private static Path kept(Path directory) {
        return directory.resolve("artifact.zip");
    }
}
