package dev.drydock.controller.artifact;

import java.util.List;
import java.util.Optional;

/** Which artifacts there are; their bytes are elsewhere. Durable when a method returns. */
public interface ArtifactStore {
    /** @return what is on record under that digest: this, or what was there before */
    Artifact add(Artifact artifact);

    Optional<Artifact> find(String digest);

    /** The newest first. */
    List<Artifact> list();

    /** @return whether there was one */
    boolean delete(String digest);
}
