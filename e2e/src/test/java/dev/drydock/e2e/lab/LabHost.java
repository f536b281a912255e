package dev.drydock.e2e.lab;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * One real host: Debian 12 with systemd as PID 1, nginx and pending security updates, in a container. Assertions ask the
 * host's own tools. Not for concurrent use by several tests.
 */
public final class LabHost extends GenericContainer<LabHost> {
    private static final Duration BOOT = Duration.ofSeconds(60);

    private final String name;
    private final Network network;

    LabHost(String image, String name, Network network) {
        super(DockerImageName.parse(image));
        this.name = name;
        this.network = network;
        withImagePullPolicy(any -> false);
        withNetwork(network);
        withNetworkAliases(name);
        withLabels(Leftovers.labels());
        withTmpFs(Map.of("/run", "rw,nosuid,nodev,mode=755", "/run/lock", "rw,nosuid,nodev,noexec,size=5m"));
        withCreateContainerCmdModifier(this::likeAMachine);
    }

    private void likeAMachine(CreateContainerCmd create) {
        HostConfig config = Objects.requireNonNull(create.getHostConfig());
        create.withHostName(name)
                // systemd's word for "power off"
                .withStopSignal("SIGRTMIN+3")
                .withHostConfig(config.withCgroupnsMode("private")
                        .withSecurityOpts(java.util.List.of("apparmor=unconfined"))
                        .withCapAdd(
                                com.github.dockerjava.api.model.Capability.SYS_ADMIN,
                                com.github.dockerjava.api.model.Capability.NET_ADMIN));
    }

    /** Starts the host and waits until systemd has started everything. */
    @Override
    public void start() {
        super.start();
        awaitBoot();
    }

    /** Ends all that runs on it without a word, as a power cut does, and boots it again; only memory is lost. */
    public void restart() {
        getDockerClient().restartContainerCmd(getContainerId()).withTimeout(0).exec();
        awaitBoot();
    }

    /** From now on it boots again by itself whenever it goes down, as a machine that reboots does. */
    public void comesBack() {
        getDockerClient()
                .updateContainerCmd(getContainerId())
                .withRestartPolicy(RestartPolicy.alwaysRestart())
                .exec();
    }

    private void awaitBoot() {
        Awaitility.await("boot of " + name)
                .atMost(BOOT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> trySh("systemctl is-system-running --wait")
                        .getStdout()
                        .strip()
                        .equals("running"));
    }

    public String name() {
        return name;
    }

    /** Its address in the hosts' network, at which this machine reaches it too. */
    public String address() {
        return getContainerInfo()
                .getNetworkSettings()
                .getNetworks()
                .values()
                .iterator()
                .next()
                .getIpAddress();
    }

    /** Runs a shell command as root on the host. A non-zero exit is an error that shows what the command said. */
    public String sh(String script) {
        ExecResult result = trySh(script);
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(name + ": exit " + result.getExitCode() + " of: " + script + "\n"
                    + result.getStdout() + result.getStderr());
        }
        return result.getStdout().strip();
    }

    /** As {@link #sh}, for commands that may fail. */
    public ExecResult trySh(String script) {
        try {
            return execInContainer("sh", "-c", script);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted in " + script, e);
        }
    }

    /** {@code dpkg -l}, as it prints it, wide enough that nothing is cut off. */
    public String dpkgList() {
        return sh("COLUMNS=400 dpkg -l");
    }

    /** The version of an installed package; empty when it is not properly installed. */
    public String version(String aPackage) {
        return trySh("dpkg-query -W -f '${db:Status-Status} ${Version}' " + aPackage + " | sed -n 's/^installed //p'")
                .getStdout()
                .strip();
    }

    /** What the security suite had for this host when its image was made: package to the pending version. */
    public Map<String, String> pendingAtBirth() {
        Map<String, String> pending = new TreeMap<>();
        sh("cat /srv/pending-updates")
                .lines()
                .map(line -> line.split(" "))
                .forEach(part -> pending.put(part[0], part[2]));
        return pending;
    }

    /** What apt would change now, one line a package. */
    public String pendingNow() {
        return sh("apt-get --simulate dist-upgrade | grep '^Inst' || true");
    }

    /** Each unit apart: {@code is-active a b} is content with one of them. */
    public String unitState(String unit) {
        return trySh("systemctl is-active " + unit).getStdout().strip();
    }

    /** Command lines of the host's processes that match, one a line; without a shell between, which would match itself. */
    public String processes(String extendedRegex) {
        try {
            return execInContainer("pgrep", "-af", extendedRegex).getStdout().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": its processes cannot be listed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while its processes were listed", e);
        }
    }

    /** Which of apt's and dpkg's locks somebody holds; they are record locks, which flock(1) does not see. */
    public String heldPackageLocks() {
        return sh("""
                perl -MFcntl -e '
                  for my $path (@ARGV) {
                    open(my $file, "+>>", $path) or die "$path: $!";
                    my $lock = pack("s s l! l! i", F_WRLCK, 0, 0, 0, 0);
                    print "$path " unless fcntl($file, F_SETLK, $lock);
                  }
                ' /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/cache/apt/archives/lock
                """);
    }

    public String sha256(String file) {
        return sh("sha256sum " + file + " | cut -d ' ' -f 1");
    }

    /** Copies a file of this machine, its directory included. */
    public void copyIn(java.nio.file.Path file, String path) {
        copyFileToContainer(MountableFile.forHostPath(file), path);
    }

    /** Writes a file, its directory included. */
    public void put(String path, String content, int mode) {
        copyFileToContainer(Transferable.of(content.getBytes(StandardCharsets.UTF_8), mode), path);
    }

    /** Installs the lab's own packages, for example {@code lab-ok=1.0}. */
    public void install(String... packages) {
        sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --allow-downgrades " + String.join(" ", packages));
    }

    /** Installs packages that the host's own repositories do not have, by the machine's archive of Debian. @param name of the lot */
    public void installFromDebian(String name, String... packages) {
        install(name, LabImages.debs(name, packages));
    }

    /** The same on a host that lives by rpm, whose userland is Debian's. */
    void installFromDebianBesideRpm(String name, String... packages) {
        install(name, LabImages.debsBeside(LabImages.rpmBase(), name, packages));
    }

    private void install(String name, java.nio.file.Path packages) {
        String debs = "/srv/" + name;
        copyFileToContainer(MountableFile.forHostPath(packages), debs);
        sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
                + " -o Dpkg::Options::=--force-unsafe-io " + debs + "/*.deb >/root/install.log 2>&1"
                + " || { tail -n 5 /root/install.log >&2; exit 1; }");
    }

    /** Takes the host off the network, as a pulled cable does. */
    public void cutNetwork() {
        getDockerClient()
                .disconnectFromNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(getContainerId())
                .withForce(true)
                .exec();
    }

    public void restoreNetwork() {
        getDockerClient()
                .connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(getContainerId())
                .exec();
    }
}
