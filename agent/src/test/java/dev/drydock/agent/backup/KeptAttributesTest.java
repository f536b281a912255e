package dev.drydock.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptAttributesTest {
    private static final byte[] ONE = {1};
    private static final byte[] OTHER = {2};

    @Test
    void whatDiffersIsSaidAsPeopleCallIt() {
        KeptAttributes kept = of("system.posix_acl_access", ONE);
        assertThat(kept.difference(kept)).isEmpty();
        assertThat(kept.difference(KeptAttributes.NONE)).isEqualTo("has lost its access control list");
        assertThat(kept.difference(of("system.posix_acl_access", OTHER))).isEqualTo("has another access control list");
        assertThat(of("system.posix_acl_default", ONE).difference(KeptAttributes.NONE))
                .isEqualTo("has lost its default access control list");
        assertThat(KeptAttributes.NONE.difference(of("user.x", ONE))).isEqualTo("has got an extended attribute user.x");
        assertThat(of("security.capability", ONE).difference(KeptAttributes.NONE))
                .isEqualTo("has lost its extended attribute security.capability");
    }

    @Test
    void whatBelongsToKernelOrFileSystemIsNotCompared() {
        assertThat(of("security.selinux", ONE)).isEqualTo(KeptAttributes.NONE);
        assertThat(of("btrfs.compression", ONE)).isEqualTo(KeptAttributes.NONE);
    }

    @Test
    void goesIntoOneWordAndOutOfIt() {
        KeptAttributes kept = KeptAttributes.of(Map.of("user.a b,c=d\u00e4", ONE, "user.e", OTHER));
        assertThat(kept.text()).doesNotContain(" ").contains(",");
        assertThat(KeptAttributes.parse(kept.text())).isEqualTo(kept);
        assertThat(KeptAttributes.parse(KeptAttributes.NONE.text())).isEqualTo(KeptAttributes.NONE);
    }

    @Test
    void aListOfAnOlderAgentIsReadAndItsUnknownAttributesAreNotCompared() throws Exception {
        FileEntry older = FileEntry.of("f 644 0 0 5 1700000000 abc steady srv/site/index");
        FileEntry found = FileEntry.of("f 644 0 0 5 1700000000 abc user.note=0011223344556677 steady srv/site/index");
        assertThat(older.name()).isEqualTo(found.name());
        assertThat(older.difference(found)).isEmpty();
        assertThat(found.difference(FileEntry.of("f 644 0 0 5 1700000000 abc - steady srv/site/index")))
                .isEqualTo("has lost its extended attribute user.note");
    }

    @Test
    void aFileThatIsGoneIsSaidSo() {
        assertThatThrownBy(() -> ExtendedAttributes.of("/nowhere/at/all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whereTheFileSystemHasNoneThereAreNone() throws Exception {
        assertThat(ExtendedAttributes.of("/proc/self/status".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static KeptAttributes of(String name, byte[] value) {
        return KeptAttributes.of(Map.of(name, value));
    }
}
