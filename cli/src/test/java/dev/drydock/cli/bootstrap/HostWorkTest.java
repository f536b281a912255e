package dev.drydock.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.ssh.SshFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostWorkTest {
    private static final String SECRET = "dd1.t-1.secret.ca";
    private static final String PASSWORD = "hunter2";

    @TempDir
    private Path folder;

    private final TestingRemote remote = new TestingRemote();
    private final Known controller = new Known();
    private Path archive = Path.of("");

    @BeforeEach
    void pack() throws IOException {
        archive = Files.writeString(folder.resolve("agent.tar.gz"), "the archive");
    }

    private static final class Known implements Controller {
        private Optional<FleetHost> host = Optional.empty();
        private final List<String> discarded = new ArrayList<>();
        private int tickets;

        @Override
        public Optional<FleetHost> host(String idOrName) {
            return host.filter(
                    known -> known.id().equals(idOrName) || known.name().equals(idOrName));
        }

        @Override
        public Ticket ticket(Map<String, String> labels, Duration ttl) {
            assertThat(labels).containsEntry("role", "web");
            assertThat(ttl).isLessThanOrEqualTo(Duration.ofMinutes(15));
            tickets++;
            return new Ticket("t-1", SECRET);
        }

        @Override
        public void discard(Ticket ticket) {
            discarded.add(ticket.id());
        }
    }

    private HostResult run(boolean check) {
        HostTask task = new HostTask(
                "admin",
                "admin@web-01",
                () -> remote,
                true,
                Optional.of(PASSWORD),
                Sights.wanted(false, Sights.FOLDER),
                parcel -> archive);
        return new HostWork(task, controller, Progress.NONE, check).run();
    }

    private void bareHost() {
        remote.answer("id -u", 0, "1000\n", "")
                .answer("sudo -n true", 1, "", "sudo: a password is required\n")
                .answer("-S -p '' true", 0, "", "")
                .answer("What is there:", 0, Sights.text(), "")
                .answer("What is there:", 0, Sights.text("agent_version", "1.2.0"), "");
    }

    private void enrols() {
        remote.answer("enroll", 0, "Enrolled as web-01 (h-1) with ctl:7443", "");
    }

    @Test
    void aBareHostIsTakenAllTheWay() {
        bareHost();
        enrols();
        controller.host = Optional.of(new FleetHost("h-1", "web-01", true, true));

        HostResult result = run(false);

        assertThat(result.troubles()).isEmpty();
        assertThat(result.state()).isEqualTo(HostResult.State.BOOTSTRAPPED);
        assertThat(result.done()).containsExactly(Stage.SHIP, Stage.INSTALL, Stage.ENROL, Stage.START, Stage.AWAIT);
        assertThat(result.hostId()).isEqualTo("h-1");
        assertThat(remote.inputs).anyMatch(input -> input.endsWith("the archive"));
        assertThat(controller.discarded).isEmpty();
        assertThat(remote.closed).isTrue();
    }

    @Test
    void neitherTokenNorPasswordIsInACommandOrInAResult() {
        bareHost();
        enrols();

        HostResult result = run(false);

        assertThat(String.join("\n", remote.commands)).doesNotContain(SECRET, PASSWORD);
        assertThat(remote.inputs).anyMatch(input -> input.startsWith(PASSWORD + "\n") && input.endsWith(SECRET + "\n"));
        assertThat(result.toString()).doesNotContain(SECRET, PASSWORD);
    }

    @Test
    void aTokenThatWasNotUsedIsTakenBack() {
        bareHost();
        remote.answer("enroll", 1, "", "drydock-agent: this host is not enrolled: ctl:7443 cannot be reached");

        HostResult result = run(false);

        assertThat(result.failedIn()).isEqualTo("enrol");
        assertThat(result.troubles()).extracting(Trouble::code).containsExactly("controller-unreachable");
        assertThat(controller.tickets).isEqualTo(1);
        assertThat(controller.discarded).containsExactly("t-1");
    }

    @Test
    void aCheckOnlyLooks() {
        bareHost();

        HostResult result = run(true);

        assertThat(result.state()).isEqualTo(HostResult.State.WOULD_CHANGE);
        assertThat(result.done()).containsExactly(Stage.SHIP, Stage.INSTALL, Stage.ENROL, Stage.START, Stage.AWAIT);
        assertThat(remote.commands).hasSize(4);
        assertThat(controller.tickets).isZero();
    }

    @Test
    void aFullDiskWhileItIsShippedIsSaid() {
        bareHost();
        remote.answer("tar -xzf", 1, "", "tar: lib/modules: Cannot write: No space left on device\n");

        HostResult result = run(false);

        assertThat(result.failedIn()).isEqualTo("ship");
        assertThat(result.troubles()).extracting(Trouble::code).containsExactly("disk-full");
    }

    @Test
    void anAgentThatDoesNotStartIsSaid() {
        bareHost();
        remote.answer("/bin/drydock-agent\" version", 41, "", "java: /lib64/libc.so.6: version `GLIBC_2.17' not found");

        assertThat(run(false).troubles()).extracting(Trouble::code).containsExactly("old-glibc");
    }

    @Test
    void sudoThatDoesNotTakeThePasswordIsSaid() {
        remote.answer("id -u", 0, "1000\n", "")
                .answer("sudo -n true", 1, "", "sudo: a password is required\n")
                .answer("-S -p '' true", 1, "", "sudo: no password was provided\nsudo: 1 incorrect password attempt\n");

        assertThat(run(false).troubles()).extracting(Trouble::code).containsExactly("sudo-password");
    }

    @Test
    void whoIsNoSudoerIsToldSo() {
        remote.answer("id -u", 0, "1000\n", "")
                .answer("sudo -n true", 1, "", "sudo: a password is required\n")
                .answer("-S -p '' true", 1, "", "admin is not in the sudoers file.\n");

        assertThat(run(false).troubles()).extracting(Trouble::code).containsExactly("no-sudo");
    }

    @Test
    void oneThatCannotBeReachedFailsWithTheReason() {
        HostTask task = new HostTask(
                "admin",
                "admin@web-01",
                () -> {
                    throw new SshFault(SshFault.Kind.HOST_KEY_CHANGED, "its host key has changed", "Find out why.");
                },
                true,
                Optional.empty(),
                Sights.wanted(false, Sights.FOLDER),
                parcel -> archive);

        HostResult result = new HostWork(task, controller, Progress.NONE, false).run();

        assertThat(result.failedIn()).isEqualTo("connect");
        assertThat(result.troubles())
                .containsExactly(new Trouble("host-key-changed", "its host key has changed", "Find out why.", true));
    }
}
