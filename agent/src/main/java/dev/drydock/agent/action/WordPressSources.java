package dev.drydock.agent.action;

import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.wordpress.ArtifactSource;
import dev.drydock.agent.wordpress.MirrorSource;
import dev.drydock.agent.wordpress.WordPressOrgSource;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The source that a step names. */
final class WordPressSources {
    private WordPressSources() {}

    static UpdateSource of(Args source, ManagedHost host, Artifacts artifacts, Path workDir) throws IOException {
        if (source.has("mirror")) {
            String path = source.string("mirror");
            return new MirrorSource(host.files().resolve(path), "mirror " + path);
        }
        if (source.has("artifact")) {
            return new ArtifactSource(artifacts, source.string("artifact"), workDir.resolve("source"));
        }
        return new WordPressOrgSource(URI.create(source.string("api", WordPressOrgSource.API)));
    }
}
