package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where new versions come from. */
public interface UpdateSource {
    /** For people: {@code mirror /srv/wordpress}. */
    String describe();

    /** What it has for this site, older versions included, in no order. Changes nothing. */
    List<Release> releases(WordPressSite site, Job job) throws HostException, IOException, InterruptedException;

    /**
     * Fetches the zip file of a release into the file, and proves its checksum where the source tells one.
     *
     * @param file does not exist yet
     */
    void fetch(Release release, Path file, Job job) throws HostException, IOException, InterruptedException;

    /**
     * MD5 of each file of a core, by its path in the archive without the topmost directory; empty where the source does not know.
     * WordPress itself publishes MD5: good against damage, while {@link Release#sha256} is what counts against malice.
     */
    Map<String, String> checksums(Release release, Job job) throws HostException, IOException, InterruptedException;
}
