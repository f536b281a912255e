package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptInputsTest {
    private static final FileTime LATER = FileTime.from(Instant.parse("2026-11-30T06:00:00Z"));

    @TempDir
    Path root;

    private AptInputs inputs;
    private Path lists;

    @BeforeEach
    void aSystem() throws Exception {
        lists = Files.createDirectories(root.resolve("var/lib/apt/lists"));
        Files.createDirectory(lists.resolve("partial"));
        Files.writeString(lists.resolve("_srv_lab_._Release"), "Suite: lab\n");
        inputs = new AptInputs(new HostFiles(root.toRealPath()));
    }

    @Test
    void anUpdateThatFoundNothingNewChangesNoAnswer() throws Exception {
        String before = inputs.fingerprint();
        Files.setLastModifiedTime(lists.resolve("partial"), LATER);
        Files.createDirectory(root.resolve("var/lib/apt/lists/partial/x"));
        Files.setLastModifiedTime(lists.resolve("partial"), LATER);

        assertThat(inputs.fingerprint()).isEqualTo(before);
        assertThat(inputs.listsReadAt()).hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(LATER.toInstant()));
    }

    @Test
    void aListThatIsALinkIsAsNewAsTheArchivesFile() throws Exception {
        Path archive = Files.createDirectories(root.resolve("srv/lab")).resolve("Packages");
        Files.writeString(archive, "Package: a\n");
        Files.createSymbolicLink(lists.resolve("_srv_lab_._Packages"), Path.of("/srv/lab/./Packages"));
        String before = inputs.fingerprint();

        Files.writeString(archive, "Package: a\nPackage: b\n");

        assertThat(inputs.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aListThatIsReplacedIsNoticed() throws Exception {
        String before = inputs.fingerprint();
        Files.writeString(lists.resolve("partial/new"), "Suite: lab\nDate: later\n");
        Files.move(
                lists.resolve("partial/new"), lists.resolve("_srv_lab_._Release"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(inputs.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aPinThatIsEditedInPlaceIsNoticed() throws Exception {
        Path pin =
                Files.createDirectories(root.resolve("etc/apt/preferences.d")).resolve("pin");
        Files.writeString(pin, "Package: a\nPin: version 1\nPin-Priority: 900\n");
        String before = inputs.fingerprint();

        Files.writeString(pin, "Package: a\nPin: version 12\nPin-Priority: 900\n");

        assertThat(inputs.fingerprint()).isNotEqualTo(before);
    }
}
