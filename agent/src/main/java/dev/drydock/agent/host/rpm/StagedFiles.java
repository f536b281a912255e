package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Package files in a staging directory, and a corner of it that is gone on {@link #close}. */
final class StagedFiles implements RpmTool.Files, AutoCloseable {
    private static final String SCRATCH = "scratch";

    private final Staging staging;

    /** @param staging stays the caller's to close */
    StagedFiles(Staging staging) throws HostException {
        this.staging = staging;
        clear();
    }

    /** Makes the corner anew, with nothing in it. */
    void clear() throws HostException {
        try {
            Path scratch = staging.outside().resolve(SCRATCH);
            Staging.deleteAll(scratch);
            Files.createDirectories(scratch.resolve("repos.d"));
        } catch (IOException e) {
            throw new HostException("directory " + staging.outside() + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public String inside(String file) {
        return staging.inside(file);
    }

    List<String> inside(Collection<PackageFile> files) {
        return files.stream().map(f -> inside(f.file())).toList();
    }

    @Override
    public String scratch() {
        return staging.inside(SCRATCH);
    }

    Path scratchOutside() {
        return staging.outside().resolve(SCRATCH);
    }

    Staging staging() {
        return staging;
    }

    @Override
    public void close() throws HostException {
        try {
            Staging.deleteAll(scratchOutside());
        } catch (IOException e) {
            throw new HostException("directory " + scratchOutside() + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
