package dev.drydock.e2e.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ListArtifactsResponse;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A host without any way to updates but its controller: the file is pushed there, and fetched by the digest that the playbook signs. */
@WithFleet
class ArtifactIT {
    /** So that the agent can be killed in the middle of the fetch. */
    private static final int BALLAST = 64 << 20;

    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void aPluginIsUpdatedFromAnArtifactThoughTheAgentIsKilledWhileItFetchesAndOneThatIsNotThereChangesNothing()
            throws Exception {
        SiteHost site = SiteHost.make(fleet, "artifact");
        Path mirror = packed(site);
        String page = site.page();

        String digest = fleet.cli()
                .json(ListArtifactsResponse.getDefaultInstance(), "artifact", "push", mirror.toString())
                .getArtifacts(0)
                .getDigest();
        assertThat(fleet.cli().ok("artifact", "push", mirror.toString(), "--quiet"))
                .as("once more is the same")
                .isEqualTo(digest);
        assertThat(fleet.cli().ok("artifact", "list")).contains("mirror.zip", digest);
        site.host().sh("mv /srv/wordpress/mirror /srv/wordpress/out-of-reach");
        killInTheMiddleOfTheFetch(site);
        Run run = fleet.run("from-artifact", playbook("from-artifact", digest), site.host());

        assertThat(Long.parseLong(site.host().sh("cat /tmp/killed")))
                .as("what had come when the agent was killed")
                .isLessThan(Files.size(mirror));
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(site.plugin("lab-good")).isEqualTo("2.0");
        assertThat(site.page()).isEqualTo(page.replace("lab-good 1.0", "lab-good 2.0"));
        site.requireClean();

        String absent = "sha256:" + "ab".repeat(32);
        Run without = fleet.run("no-artifact", playbook("no-artifact", absent), site.host());
        assertThat(without.getState()).as(without.toString()).isEqualTo(RunState.REFUSED);
        assertThat(without.toString()).contains("the controller has no artifact " + absent);
        assertThat(site.plugin("lab-good")).isEqualTo("2.0");
        site.requireClean();

        fleet.cli().ok("artifact", "delete", digest, "--yes");
        assertThat(fleet.cli().ok("artifact", "list")).contains("No artifacts");
    }

    private static void killInTheMiddleOfTheFetch(SiteHost site) {
        site.host().put("/tmp/kill", """
                part='/var/lib/drydock-agent/runs/*/steps/0/source/artifact.zip.part'
                until ls $part >/dev/null 2>&1; do sleep 0.02; done
                kill -9 $(systemctl show drydock-agent --property MainPID --value)
                stat -c %s $part >/tmp/killed
                """, 0755);
        site.host().sh("setsid sh /tmp/kill >/dev/null 2>&1 &");
    }

    private static String playbook(String name, String digest) {
        return SitePlaybooks.update(name, "plugins: [lab-good]")
                .replace("source: {mirror: /srv/wordpress/mirror}", "source: {artifact: \"" + digest + "\"}");
    }

    /** The lab's own mirror with one plugin, as one zip file with one topmost directory. */
    private static Path packed(SiteHost site) throws IOException {
        byte[] plugin = Base64.getMimeDecoder().decode(site.host().sh("base64 /srv/wordpress/mirror/lab-good-2.0.zip"));
        String sum = site.host().sha256("/srv/wordpress/mirror/lab-good-2.0.zip");
        byte[] ballast = new byte[BALLAST];
        new Random(3).nextBytes(ballast);
        Path file = fleet.directory().resolve("mirror.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "mirror/index.json", """
                    {"releases": [{"kind": "plugin", "slug": "lab-good", "version": "2.0", "file": "lab-good-2.0.zip",
                      "sha256": "%s"}]}
                    """.formatted(sum).getBytes(StandardCharsets.UTF_8));
            entry(zip, "mirror/lab-good-2.0.zip", plugin);
            entry(zip, "mirror/ballast", ballast);
        }
        return file;
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
