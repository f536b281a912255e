package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.Desk.Outcome;
import dev.drydock.e2e.docs.Page.Block;
import dev.drydock.e2e.fleet.ShortLife;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What documents tell to type, typed as it stands there. docs/first-fleet.md begins, with what it asks for beforehand; in the fleet
 * that it makes all other pages are typed. docs/quickstart.md has a machine of its own.
 */
@ExtendWith(LabExtension.class)
@TestMethodOrder(OrderAnnotation.class)
@Order(1) // of minutes: begun first
class FirstFleetIT {
    private static final String HOME = "/root/packages";
    private static final Deque<LabHost> STARTED = new ArrayDeque<>();

    @TempDir
    static Path directory;

    private static LabHost ctl;
    private static SshServer web;
    private static SshServer app;
    private static SshServer db;

    @BeforeAll
    static void fromBareServers(Lab lab) throws IOException {
        ctl = desk(lab, "ctl");
        web = SshServer.on(host(lab.bareHost("web-01")));
        app = SshServer.besideRpm(host(lab.bareRpmHost("app-01")));
        app.host().sh("lab-family zypper");
        db = SshServer.besideRpm(host(lab.bareRpmHost("db-01")));
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
    }

    @AfterAll
    static void end() {
        STARTED.forEach(LabHost::close);
        STARTED.clear();
    }

    @Test
    @Order(1)
    void toAReport() throws IOException {
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
    @Order(2)
    void theQuickStart(Lab lab) throws IOException {
        LabHost box = desk(lab, "box");

        type(box, "quickstart");

        assertThat(box.sh("cd " + HOME + " && drydock rollout show first-updates"))
                .contains("state     completed");
        box.close();
    }

    @Test
    @Order(3)
    void everythingElse() throws IOException {
        Tour tour = Tour.begin(ctl, HOME, directory.resolve("id_ed25519"), directory);

        List<Outcome> outcomes = tour.pages();

        assertThat(outcomes.stream().filter(outcome -> !outcome.asExpected()).map(Outcome::told))
                .isEmpty();
    }

    private static LabHost host(LabHost host) {
        STARTED.push(host);
        host.start();
        return host;
    }

    /** A machine with the packages and nothing else. */
    private static LabHost desk(Lab lab, String name) {
        LabHost host = host(lab.bareHost(name));
        ShortLife.ofControllerOn(host);
        for (String pattern : List.of("*.deb", "*.rpm", "*.tar.gz", "SHA256SUMS")) {
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
