package dev.drydock.controller;

import dev.drydock.controller.artifact.ArtifactFiles;
import dev.drydock.controller.artifact.ArtifactLibrary;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.controller.store.SqlArtifacts;
import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.playbooks.lint.Linter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** What hosts are given: playbooks, whose signatures count, and the artifacts that playbooks name. */
record Library(Signers signers, PlaybookLibrary playbooks, ArtifactFiles files, ArtifactLibrary artifacts) {
    static Library open(SqlStore store, DataDirectory data, InstantSource clock) throws IOException {
        Signers signers = new Signers(new SqlSigners(store), clock);
        PlaybookLibrary playbooks = new PlaybookLibrary(
                new SqlPlaybooks(store),
                signers,
                (file, yaml) ->
                        Linter.lint(file, yaml.getBytes(StandardCharsets.UTF_8)).errors(),
                clock);
        ArtifactFiles files = new ArtifactFiles(data.artifacts(), ArtifactLibrary.LARGEST);
        ArtifactLibrary artifacts = new ArtifactLibrary(new SqlArtifacts(store), files, clock);
        artifacts.open();
        return new Library(signers, playbooks, files, artifacts);
    }
}
