package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.e2e.lab.LabRoot;
import dev.drydock.e2e.lab.WithRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of a real apt, of archives on its own disk and on a real nginx that answers conditions. */
@WithRoot
class AptListsIT {
    private static final String NOTHING_NEW = "The archives have nothing new";

    private LabRoot root;
    private PackageManager manager;

    @BeforeEach
    void unpack(LabRoot unpacked) throws IOException {
        root = unpacked;
        root.install("lab-ok=1.0");
        int port = freePort();
        root.sh("""
                sed -i 's/listen 80 default_server/listen 127.0.0.1:%1$d/' /etc/nginx/sites-available/default
                ln -s /srv/drydock-lab /var/www/html/static/lab
                /etc/init.d/nginx start
                sed -i 's|file:/srv/drydock-lab|http://127.0.0.1:%1$d/static/lab|' /etc/apt/sources.list
                """.formatted(port));
        manager = ManagedHost.open(root.path()).packages().orElseThrow();
    }

    @Test
    void areReadOnlyWhereAnArchiveHasSomethingNew() throws Exception {
        assertThat(refresh()).contains("/lab ./").doesNotContain(NOTHING_NEW);
        Instant read = manager.refreshedAt().orElseThrow();
        String before = manager.fingerprint();

        assertThat(refresh()).contains(NOTHING_NEW).doesNotContain("Reading");
        assertThat(manager.refreshedAt().orElseThrow()).isAfter(read);
        assertThat(manager.fingerprint()).as("no answer can have changed").isEqualTo(before);

        publish("3.0");
        assertThat(refresh()).contains("/lab ./").doesNotContain(NOTHING_NEW);
        assertThat(manager.pending(job(new ByteArrayOutputStream())))
                .filteredOn(change -> change.id().name().equals("lab-ok"))
                .extracting("to")
                .containsExactly("3.0");
        assertThat(refresh()).contains(NOTHING_NEW);

        root.sh("/etc/init.d/nginx stop");
        assertThatThrownBy(this::refresh).isInstanceOf(HostException.class).hasMessageContaining("apt-get update");
    }

    private String refresh() throws HostException, InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        manager.refresh(Duration.ofSeconds(10), job(said));
        return said.toString(StandardCharsets.UTF_8);
    }

    private static Job job(ByteArrayOutputStream said) {
        return new Job(said::write, () -> Duration.ofMinutes(2), "");
    }

    /** A new version of the lab's package in its archive, as its owner would put it there. */
    private void publish(String version) {
        root.sh("""
                set -e
                cd /srv/drydock-lab
                dpkg-deb -R lab-ok_2.0_all.deb /root/new
                sed -i 's/^Version: .*/Version: %1$s/' /root/new/DEBIAN/control
                dpkg-deb --root-owner-group --build /root/new lab-ok_%1$s_all.deb >/dev/null
                {
                  cat /root/new/DEBIAN/control
                  echo "Filename: ./lab-ok_%1$s_all.deb"
                  echo "Size: $(stat -c %%s lab-ok_%1$s_all.deb)"
                  echo "SHA256: $(sha256sum <lab-ok_%1$s_all.deb | cut -d ' ' -f 1)"
                  echo
                } >>Packages
                sed -i '/^[A-Z0-9a-z]*Sum:/,$d; /^SHA[0-9]*:/,$d' Release
                sed -i "s/^Date: .*/Date: $(date -uR)/" Release
                printf 'SHA256:\\n %%s %%s Packages\\n' "$(sha256sum <Packages | cut -d ' ' -f 1)" "$(stat -c %%s Packages)" >>Release
                """.formatted(version));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
