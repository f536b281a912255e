package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ActionException;
import dev.drydock.e2e.lab.LabRoot;
import dev.drydock.e2e.lab.WithRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup.create} and {@code backup.verify} on a system in a root directory. */
@WithRoot
class BackupInRootIT {
    private static final String SITE = "cd / && find srv/site -printf '%y %m %U %G %s %T@ %p %l\\n' | sort";

    @TempDir
    Path workDir;

    private LabRoot root;

    @BeforeEach
    void unpack(LabRoot unpacked) {
        root = unpacked;
        root.sh("mkdir -p /srv/site/sub && cd /srv/site && seq 1 20000 > sub/numbers && echo x > \"$(printf 'a\\nb')\""
                + " && ln -s /etc/hostname absolute && ln sub/numbers hard && chown -R www-data:www-data . && chown 12345:54321 hard"
                + " && chmod 4750 hard && touch -d 2001-02-03 hard");
    }

    @Test
    void filesAreBackedUpAndProvenToRestoreInsideOfTheRoot() throws Exception {
        assertThatThrownBy(() -> create(Map.of()).plan())
                .as("what is missing in the root is said, whatever this machine has")
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("zstd");
        installZstd();
        String before = root.sh(SITE);

        Step step = create(Map.of());
        Struct prepared = step.prepare();
        assertThat(step.apply(prepared).changes().toString()).contains("restore proven");
        step.verify(prepared, false);

        assertThat(root.sh("ls -A /srv/backups")).as("no scratch directory").matches("root-[^ \n]*");
        assertThat(step.rollBack(prepared)).anyMatch(line -> line.startsWith("the backup stays, whole"));
        root.sh(
                "rm -r /srv/site && /usr/local/bin/zstd -dc /srv/backups/root-*/files.tar.zst | tar -x -p --numeric-owner -C /");
        assertThat(root.sh(SITE)).isEqualTo(before);

        Step drill = new Step(root.path(), workDir, "backup.verify", Map.of("name", "root", "from", "/srv/backups"));
        assertThat(drill.apply(drill.prepare()).changes().toString()).contains("files and directories restored");
        root.sh("printf x | dd of=$(ls /srv/backups/root-*/files.tar.zst) bs=1 seek=200 conv=notrunc");
        assertThatThrownBy(() -> drill.apply(drill.prepare())).hasMessageContaining("is damaged");
        assertThat(root.processes()).isEmpty();
    }

    @Test
    void whatIsCutOffGoesAndTheFollowingBackupIsWhole() throws Exception {
        installZstd();
        Files.writeString(
                root.file("/usr/local/bin/tar"),
                "#!/bin/sh\ncase \"$*\" in *--extract*) /usr/bin/tar \"$@\"; exit 3 ;; esac\nexec /usr/bin/tar \"$@\"\n");
        root.sh("chmod 755 /usr/local/bin/tar");
        Step step = create(Map.of());
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared)).hasMessageContaining("tar");

        assertThat(step.rollBack(prepared)).anyMatch(line -> line.startsWith("nothing of the unfinished backup"));

        assertThat(root.sh("ls -A /srv/backups")).isEmpty();
        root.sh("rm /usr/local/bin/tar");
        Step following = create(Map.of());
        assertThat(following.apply(following.prepare()).changes().toString()).contains("restore proven");
    }

    @Test
    void databasesOfAServerThatDoesNotRunInTheRootAreRefused() throws Exception {
        installZstd();

        assertThatThrownBy(() -> create(Map.of("databases", List.of("ledger"), "engine", "postgresql"))
                        .plan())
                .isInstanceOf(ActionException.class)
                .hasMessageStartingWith("postgresql: program psql is not in ")
                .hasMessageContaining(root.path().toString());
        assertThat(root.sh("test -e /srv/backups && echo there || echo nothing"))
                .isEqualTo("nothing");
    }

    private Step create(Map<String, Object> more) {
        Map<String, Object> args = new HashMap<>(
                Map.of("name", "root", "files", List.of("/srv/site"), "to", "/srv/backups", "restoreTest", true));
        args.putAll(more);
        return new Step(root.path(), workDir, "backup.create", args);
    }

    /** That of this machine with its own libraries: the lab's tree has none. */
    private void installZstd() throws Exception {
        Process copy = new ProcessBuilder("sh", "-euc", """
                mkdir "$1/opt/zstd"
                zstd=$(command -v zstd)
                cp -L "$zstd" $(ldd "$zstd" | grep -o '/[^ ]*') "$1/opt/zstd"
                loader=$(ldd "$zstd" | grep -o '/[^ ]*/ld-[^ ]*')
                printf '#!/bin/sh\\nexec /opt/zstd/%s --library-path /opt/zstd /opt/zstd/zstd "$@"\\n' "${loader##*/}" > "$1/usr/local/bin/zstd"
                chmod 755 "$1/usr/local/bin/zstd"
                """, "sh", root.path().toString())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
    }
}
