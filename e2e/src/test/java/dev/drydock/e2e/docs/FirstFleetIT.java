package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.Page.Block;
import dev.drydock.e2e.lab.Distribution;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.Repository;
import dev.drydock.e2e.lab.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/quickstart.md and docs/first-fleet.md tell to type, typed as it stands there; what the pages ask for beforehand is there. */
@ExtendWith(LabExtension.class)
class FirstFleetIT {
    private static final String HOME = "/root/packages";

    private final Deque<LabHost> started = new ArrayDeque<>();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        started.forEach(LabHost::close);
    }

    @Test
    void fromBareServersToAReport(Lab lab) throws IOException {
        LabHost ctl = desk(lab, "ctl");
        SshServer web = SshServer.on(host(lab.bareHost("web-01")));
        SshServer app = SshServer.besideRpm(host(lab.bareRpmHost("app-01")));
        app.host().sh("lab-family zypper");
        SshServer db = SshServer.besideRpm(host(lab.bareRpmHost("db-01")));
        Path key = web.newKey(directory.resolve("id_ed25519"), "");
        ctl.put("/root/.ssh/id_ed25519", Files.readString(key), 0600);
        StringBuilder known = new StringBuilder();
        StringBuilder names = new StringBuilder(ctl.address() + " ctl.example.com\n");
        for (SshServer server : List.of(web, app, db)) {
            server.user("admin", key, "ALL=(ALL:ALL) NOPASSWD: ALL");
            String name = server.host().name() + ".example.com";
            known.append(server.knownHost(server.hostKey()).replaceFirst("^\\S+", name));
            names.append(server.host().address()).append(' ').append(name).append('\n');
        }
        ctl.put("/root/.ssh/known_hosts", known.toString(), 0600);
        // What the names' server of a site would say.
        ctl.put("/root/names", names.toString(), 0644);
        ctl.sh("cat /root/names >>/etc/hosts");
        for (SshServer server : List.of(web, app, db)) {
            server.host().sh("echo '" + ctl.address() + " ctl.example.com' >>/etc/hosts");
        }

        type(ctl, "first-fleet");

        web.host().pendingAtBirth().forEach((name, version) -> {
            if (!web.host().version(name).isEmpty()) {
                assertThat(web.host().version(name)).as(name).isEqualTo(version);
            }
        });
        for (SshServer server : List.of(app, db)) {
            assertThat(server.host().sh("rpm -q --qf '%{RELEASE}' nginx"))
                    .as(server.host().name())
                    .isEqualTo("2");
        }
        Path pdf = directory.resolve("compliance.pdf");
        ctl.copyFileFromContainer(HOME + "/compliance.pdf", pdf.toString());
        assertThat(new String(Files.readAllBytes(pdf), 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF");
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            assertThat(new PDFTextStripper().getText(document)).contains("web-01", "app-01", "db-01");
        }
    }

    @Test
    void theQuickStart(Lab lab) throws IOException {
        LabHost box = desk(lab, "box");

        type(box, "quickstart");

        assertThat(box.sh("cd " + HOME + " && drydock rollout show first-updates"))
                .contains("state     completed");
    }

    private LabHost host(LabHost host) {
        started.push(host);
        host.start();
        return host;
    }

    /** A machine with the packages and nothing else. */
    private LabHost desk(Lab lab, String name) {
        LabHost host = host(lab.bareHost(name));
        for (String pattern : List.of("*.deb", "drydock-agent-*.rpm", "SHA256SUMS")) {
            Distribution.packages(pattern).forEach(file -> host.copyIn(file, HOME + "/" + file.getFileName()));
        }
        return host;
    }

    /** Each block as one paste into a shell of root's. */
    private static void type(LabHost machine, String journey) {
        List<Block> steps = Page.read(Repository.root().resolve("docs/" + journey + ".md")).blocks().stream()
                .filter(block -> block.journey().equals(journey))
                .toList();
        assertThat(steps).hasSizeGreaterThan(5);
        for (Block step : steps) {
            String text = String.join("\n", step.text()) + "\n";
            if (step.file().isEmpty()) {
                machine.put("/root/step", "set -e\ncd " + HOME + "\n" + text, 0644);
                System.out.println(machine.sh("HOME=/root USER=root sh -x /root/step 2>&1"));
            } else {
                machine.put(HOME + "/" + step.file(), text, 0644);
            }
        }
    }
}
