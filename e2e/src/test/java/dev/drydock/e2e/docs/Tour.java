package dev.drydock.e2e.docs;

import dev.drydock.e2e.docs.Desk.Outcome;
import dev.drydock.e2e.docs.TypedText.Statement;
import dev.drydock.e2e.docs.Typing.Prepared;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.Repository;
import dev.drydock.e2e.lab.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All pages, one after the other, typed in the fleet of docs/first-fleet.md by somebody who sits at its controller. */
final class Tour {
    /** Pages that take away what others need. */
    private static final List<String> LAST = List.of("docs/install.md");

    private final Desk desk;
    private final Typing typing = new Typing();

    private Tour(Desk desk) {
        this.desk = desk;
    }

    /**
     * @param ctl the controller's machine, whose root has that key
     * @param folder with packages, in which everything is typed
     */
    static Tour begin(LabHost ctl, String folder, Path key, Path scratch) throws IOException {
        SshServer ssh = SshServer.on(ctl);
        ctl.installFromDebian("desk", "jq");
        ssh.root(key);
        ssh.user("admin", key, "ALL=(ALL:ALL) NOPASSWD: ALL");
        String known = ssh.knownHost(ssh.hostKey()).replaceFirst("^\\S+", "ctl.example.com");
        ctl.put("/root/known", known, 0600);
        ctl.sh("cat /root/known >>/root/.ssh/known_hosts");
        feeds(ctl, folder, scratch);
        Tour tour = new Tour(Desk.at(ctl, folder));
        for (Page page : Page.all()) {
            page.blocks().stream()
                    .filter(block -> !block.file().isEmpty() && block.journey().isEmpty())
                    .forEach(block -> tour.desk.put(block.file(), block.text()));
        }
        System.out.println(ctl.sh(
                "cd " + folder + " && HOME=/root USER=root bash -uc '. /root/desk/world.sh; world' 2>&1 </dev/null"));
        return tour;
    }

    /** What is published of vulnerabilities, in a few lines. */
    private static void feeds(LabHost ctl, String folder, Path scratch) throws IOException {
        Path samples = Repository.root().resolve("controller/src/test/resources/feeds");
        Path zip = scratch.resolve("Debian.zip");
        int number = 0;
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String advisory : Files.readAllLines(samples.resolve("osv-debian.json"))) {
                out.putNextEntry(new ZipEntry("advisory-" + ++number + ".json"));
                out.write(advisory.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        ctl.copyIn(zip, folder + "/Debian.zip");
        ctl.copyIn(samples.resolve("kev.json"), folder + "/known_exploited_vulnerabilities.json");
        ctl.copyIn(samples.resolve("debian-tracker.json"), folder + "/debian-tracker.json");
        ctl.copyIn(samples.resolve("updateinfo.xml"), folder + "/updateinfo.xml");
        ctl.sh("cd " + folder + " && gzip -k debian-tracker.json updateinfo.xml");
    }

    /** Prints of each page how many of its calls were typed. */
    List<Outcome> pages() {
        List<Outcome> outcomes = new ArrayList<>();
        Report report = new Report();
        List<Page> pages = Page.all().stream()
                .sorted(Comparator.comparing(page -> LAST.indexOf(page.name())))
                .toList();
        for (Page page : pages) {
            List<Statement> statements = elsewhere(page);
            List<Prepared> typed = statements.stream()
                    .filter(statement ->
                            NotTyped.of(statement).map(NotTyped::tried).orElse(true))
                    .map(typing::prepare)
                    .toList();
            List<Outcome> ofPage = typed.isEmpty() ? List.of() : desk.type(typed);
            outcomes.addAll(ofPage);
            report.add(page, ofPage);
        }
        report.print();
        return outcomes;
    }

    /** Those of the page that are no step of a journey. */
    private static List<Statement> elsewhere(Page page) {
        return page.blocks().stream()
                .filter(block -> block.journey().isEmpty())
                .flatMap(block -> TypedText.statements(page, block).stream())
                .filter(statement -> !statement.text().startsWith("#"))
                .toList();
    }
}
