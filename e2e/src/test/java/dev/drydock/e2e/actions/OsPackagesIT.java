package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionException;
import dev.drydock.e2e.lab.LabRoot;
import dev.drydock.e2e.lab.WithRoot;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code os.packages} with real apt and dpkg and real pending security updates, in a root directory. */
@WithRoot
@Order(Integer.MAX_VALUE - 1) // of minutes
class OsPackagesIT {
    @TempDir
    Path workDir;

    private LabRoot root;

    @BeforeEach
    void unpack(LabRoot unpacked) {
        root = unpacked;
    }

    @Test
    void securityUpdatesAreAppliedAndGoBackByteForByte() throws Exception {
        root.sh("lab-whole-debian");
        String listed = root.dpkgList();
        Set<String> files = root.inventory("/usr", "/etc");
        String marks = root.sh("apt-mark showmanual | sort");
        Step step = step(Map.of("update", "security"));

        Plan plan = step.plan();
        assertThat(plan.irreversible()).isEmpty();
        assertThat(plan.changes())
                .extracting("name")
                .containsExactlyInAnyOrderElementsOf(
                        root.sh("cut -d ' ' -f 1 /srv/pending-updates").lines().toList());
        Struct prepared = step.prepare();
        assertThat(root.dpkgList()).as("preparing changes nothing").isEqualTo(listed);
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(root.sh("apt-get -s dist-upgrade | grep -c '^Inst' || true")).isEqualTo("0");
        assertThat(root.sh("apt-mark showmanual | sort")).isEqualTo(marks);
        assertThat(step.plan().nothingToDo()).isTrue();

        List<String> evidence = step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(root.sh("apt-mark showmanual | sort")).isEqualTo(marks);
        assertThat(LabRoot.difference(files, root.inventory("/usr", "/etc"))).isEmpty();
        assertThat(evidence).anyMatch(line -> line.contains("byte for byte as before (SHA-256"));
        assertThat(step.output())
                .contains("No archive has openssl:amd64", "No archive has nginx-common:all")
                .doesNotContain("No archive has libssl3");
        assertThat(root.processes())
                .as("what did not run in the root was not started")
                .isEmpty();
    }

    @Test
    void aFailingPostinstIsRolledBack() throws Exception {
        root.install("lab-postinst-fails=1.0", "lab-ok=1.0");
        String listed = root.dpkgList();
        Step step = step(Map.of("packages", List.of("lab-postinst-fails", "lab-ok")));
        Struct prepared = step.prepare();

        assertThatThrownBy(() -> step.apply(prepared)).isInstanceOfSatisfying(ActionException.class, e -> {
            assertThat(e.exitCode()).hasValue(100);
            assertThat(e.tail()).contains("the database of 2.0 cannot be migrated");
        });
        assertThat(root.dpkgList()).contains("iF  lab-postinst-fails");
        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
    }

    @Test
    void aHangingPostinstIsEndedAndRolledBack() throws Exception {
        root.install("lab-postinst-hangs=1.0");
        String listed = root.dpkgList();
        Step step = step(Map.of("packages", List.of("lab-postinst-hangs")));
        Struct prepared = step.prepare();

        assertThatThrownBy(() -> step.apply(prepared, Duration.ofSeconds(30)))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("apt-get install did not end in time");
        assertThat(root.dpkgList()).contains("iF  lab-postinst-hangs");
        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
    }

    @Test
    void aChangedConfigurationFileIsKept() throws Exception {
        root.install("lab-conffile=1.0");
        Path conf = root.file("/etc/lab-conffile.conf");
        Files.writeString(conf, "colour = red\n");
        String listed = root.dpkgList();
        Set<String> etc = root.inventory("/etc");
        Step step = step(Map.of("packages", "lab-conffile"));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(conf).hasContent("colour = red\n");
        assertThat(root.file("/etc/lab-conffile.conf.dpkg-dist")).content().contains("green");

        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(LabRoot.difference(etc, root.inventory("/etc"))).isEmpty();
    }

    @Test
    void aChangedConfigurationFileIsReplacedAndPutBack() throws Exception {
        root.install("lab-conffile=1.0");
        Path conf = root.file("/etc/lab-conffile.conf");
        Files.writeString(conf, "colour = red\n");
        Set<String> etc = root.inventory("/etc");
        Step step = step(Map.of("packages", "lab-conffile", "configFiles", "replace"));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(conf).content().contains("green");

        step.rollBack(prepared);
        assertThat(conf).hasContent("colour = red\n");
        assertThat(LabRoot.difference(etc, root.inventory("/etc"))).isEmpty();
    }

    @Test
    void aPackageThatRefusesToBeDowngradedGoesBackAllTheSame() throws Exception {
        root.install("lab-no-downgrade=1.0");
        String listed = root.dpkgList();
        Set<String> state = root.inventory("/var/lib/dpkg/info");
        Step step = step(Map.of("packages", List.of("lab-no-downgrade")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);

        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(LabRoot.difference(state, root.inventory("/var/lib/dpkg/info")))
                .isEmpty();
        assertThat(root.file("/usr/share/lab-no-downgrade/version")).hasContent("1.0");
    }

    @Test
    void aNewPackageIsPurgedAgain() throws Exception {
        String listed = root.dpkgList();
        Step step = step(Map.of("packages", List.of("lab-conffile")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(root.sh("apt-mark showmanual")).contains("lab-conffile");

        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(root.file("/etc/lab-conffile.conf")).doesNotExist();
    }

    @Test
    void aChangeGoesOnWithoutItsAgentAndIsVerified() throws Exception {
        root.install("lab-slow=1.0");
        String listed = root.dpkgList();
        Step step = step(Map.of("packages", List.of("lab-slow")));
        Struct prepared = step.prepare();
        kill9(step.inAnotherProcess("apply", prepared), () -> slow().equals("iF 2.0"));
        assertThat(root.processes()).as("dpkg has outlived the agent").isNotEmpty();

        step.verify(prepared, true);
        assertThat(root.processes()).isEmpty();
        assertThat(slow()).isEqualTo("ii 2.0");
        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
    }

    @Test
    void aPowerCutInTheChangeAndAnotherInTheWayBackEndWithTheOldState() throws Exception {
        root.install("lab-slow=1.0", "lab-ok=1.0");
        String listed = root.dpkgList();
        Set<String> files = root.inventory("/usr", "/etc");
        Step step = step(Map.of("packages", List.of("lab-slow", "lab-ok")));
        Struct prepared = step.prepare();
        kill9(step.inAnotherProcess("apply", prepared), () -> slow().equals("iF 2.0"));
        root.killAll();

        assertThatThrownBy(() -> step.verify(prepared, true)).isInstanceOf(ActionException.class);
        // The new package's own script runs first on the way back, for some seconds.
        kill9(step.inAnotherProcess("rollback", prepared), () -> root.runs("lab-slow.prerm"));
        root.killAll();

        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(LabRoot.difference(files, root.inventory("/usr", "/etc"))).isEmpty();
    }

    @Test
    void aLockThatOthersHoldIsWaitedForAndItsHolderNamed() throws Exception {
        root.install("lab-ok=1.0");
        Step step = step(Map.of("packages", List.of("lab-ok"), "lockTimeout", "3s"));
        Struct prepared = step.prepare();
        HeldLock lock = HeldLock.of(root, "/var/lib/dpkg/lock-frontend");
        lock.requireStops(() -> step.apply(prepared));
        Step patient = step(Map.of("packages", List.of("lab-ok"), "lockTimeout", "5m"));
        CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> {
            try {
                patient.apply(prepared);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        Awaitility.await().until(() -> patient.output().contains(lock.saysWho() + "; waiting"));
        lock.release();
        applied.get(2, TimeUnit.MINUTES);
        step.verify(prepared, false);
    }

    @Test
    void aServiceThatRanRunsAfterTheChangeAndAfterTheWayBack() throws Exception {
        int port = freePort();
        root.sh("sed -i 's/listen 80 default_server/listen 127.0.0.1:" + port + "/' /etc/nginx/sites-available/default"
                + " && /etc/init.d/nginx start");
        String first = root.sh("cat /run/nginx.pid");
        assertThat(get(port)).contains("served by nginx itself");
        String listed = root.dpkgList();
        Step step = step(Map.of("packages", List.of("nginx")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(root.sh("cat /run/nginx.pid"))
                .as("the old program does not go on")
                .isNotEqualTo(first);
        assertThat(get(port)).contains("served by nginx itself");

        List<String> evidence = step.rollBack(prepared);
        assertThat(evidence).contains("service nginx is active, as before");
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(root.sh("cat /run/nginx.pid")).isNotEqualTo(first);
        assertThat(get(port)).contains("served by nginx itself");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String get(int port) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/static/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Kills the agent's process as soon as that is so. */
    private static void kill9(Process agent, BooleanSupplier now) {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> now.getAsBoolean() || !agent.isAlive());
        assertThat(agent.isAlive()).as("the agent is in the middle of it").isTrue();
        agent.destroyForcibly().onExit().join();
    }

    private String slow() {
        return root.sh("dpkg-query -W -f '${db:Status-Abbrev}${Version}' lab-slow");
    }

    private Step step(Map<String, Object> args) {
        return new Step(root.path(), workDir, "os.packages", new HashMap<>(args));
    }
}
