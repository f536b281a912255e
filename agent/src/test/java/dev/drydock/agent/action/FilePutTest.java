package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePutTest {
    @TempDir
    Path root;

    @TempDir
    Path workDir;

    private Action put;

    @BeforeEach
    void open() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        put = new FilePut(new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.empty()));
        Files.createDirectory(root.resolve("etc"));
    }

    @Test
    void makesAFileAndItsDirectoriesAndTakesBothAwayAgain() throws Exception {
        StepContext context = context("/etc/app/conf.d/new.conf", "a = 1\n");
        Struct prepared = put.prepare(context, put.plan(context));
        put.apply(context, prepared);
        put.verify(context, prepared, true);
        Path file = root.resolve("etc/app/conf.d/new.conf");
        assertThat(file).hasContent("a = 1\n");
        assertThat(mode(file)).isEqualTo("rw-r--r--");
        assertThat(put.plan(context).nothingToDo()).isTrue();

        put.rollback(context, prepared);
        put.rollback(context, prepared);
        assertThat(root.resolve("etc")).isEmptyDirectory();
        assertThat(put.verifyRollback(context, prepared))
                .containsExactly(
                        "/etc/app/conf.d/new.conf is as before: not there",
                        "/etc/app is gone again",
                        "/etc/app/conf.d is gone again");
    }

    @Test
    void keepsModeAndOwnerOfWhatIsThereAndPutsItBack() throws Exception {
        Path file = write("etc/secret", "old", "rw-r-----");
        StepContext context = context("/etc/secret", "new");
        Struct prepared = put.prepare(context, put.plan(context));
        put.apply(context, prepared);
        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-r-----");

        put.rollback(context, prepared);
        assertThat(file).hasContent("old");
        assertThat(put.verifyRollback(context, prepared))
                .singleElement()
                .asString()
                .contains("0640");
    }

    @Test
    void aModeAloneIsAChangeToo() throws Exception {
        Path file = write("etc/script", "x", "rw-r--r--");
        StepContext context = context("/etc/script", "x", "mode", "0755");
        Struct prepared = put.prepare(context, put.plan(context));
        put.apply(context, prepared);
        assertThat(mode(file)).isEqualTo("rwxr-xr-x");
        put.rollback(context, prepared);
        assertThat(mode(file)).isEqualTo("rw-r--r--");
    }

    @Test
    void aLinkIsFollowedAndStays() throws Exception {
        Path real = write("etc/real", "old", "rw-r--r--");
        Path link = Files.createSymbolicLink(root.resolve("etc/link"), Path.of("/etc/real"));
        StepContext context = context("/etc/link", "new");
        Struct prepared = put.prepare(context, put.plan(context));
        put.apply(context, prepared);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).hasContent("new");
        put.rollback(context, prepared);
        assertThat(real).hasContent("old");
    }

    @Test
    void aRollbackBeforeAnythingWasAppliedChangesNothing() throws Exception {
        StepContext context = context("/etc/a/b", "new");
        Struct prepared = put.prepare(context, put.plan(context));
        put.rollback(context, prepared);
        assertThat(put.verifyRollback(context, prepared)).isNotEmpty();
        assertThat(root.resolve("etc")).isEmptyDirectory();
    }

    @Test
    void whatAWriterThatWasCutOffLeftBesideGoes() throws Exception {
        StepContext context = context("/etc/app/conf", "new");
        Struct prepared = put.prepare(context, put.plan(context));
        Files.createDirectory(root.resolve("etc/app"));
        Files.writeString(root.resolve("etc/app/.conf.drydock-new"), "ne");

        put.rollback(context, prepared);
        assertThat(root.resolve("etc")).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatOthersUseMeanwhileStays() throws Exception {
        StepContext context = context("/etc/app/conf", "new");
        Struct prepared = put.prepare(context, put.plan(context));
        put.apply(context, prepared);
        write("etc/app/theirs", "x", "rw-r--r--");

        put.rollback(context, prepared);
        assertThat(put.verifyRollback(context, prepared)).contains("/etc/app stays: others have put something into it");
    }

    @Test
    void aDamagedCopyIsNotPutBack() throws Exception {
        write("etc/file", "old", "rw-r--r--");
        StepContext context = context("/etc/file", "new");
        Struct prepared = put.prepare(context, put.plan(context));
        put.apply(context, prepared);
        Files.writeString(workDir.resolve("old"), "odl");

        assertThatThrownBy(() -> put.rollback(context, prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        assertThatThrownBy(() -> put.plan(context("/etc", "x"))).hasMessageContaining("neither a regular file");
        write("etc/file", "x", "rw-r--r--");
        StepContext below = context("/etc/file/x", "y");
        assertThatThrownBy(() -> put.prepare(below, put.plan(below))).hasMessageContaining("not a directory");
        assertThatThrownBy(() -> put.plan(context("/etc/file", "x", "mode", "rwx")))
                .hasMessageContaining("expected octal");
    }

    private StepContext context(String path, String content, String... more) {
        Map<String, Object> args = new HashMap<>(Map.of("path", path, "content", content));
        for (int i = 0; i < more.length; i += 2) {
            args.put(more[i], more[i + 1]);
        }
        return new TestStep(workDir).with(args);
    }

    private Path write(String path, String content, String mode) throws Exception {
        Path file = Files.writeString(root.resolve(path), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }
}
