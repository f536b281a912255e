package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The lab's host as a root directory: the tree of its image, unpacked, with {@code /proc}. What runs in it runs on this
 * machine, by chroot. Needs root. Not for concurrent use.
 */
public final class LabRoot implements AutoCloseable {
    private final Path root;

    private LabRoot(Path root) {
        this.root = root;
    }

    /** @param into an empty directory; what is unpacked there lies in memory, and is gone on close */
    public static LabRoot unpack(Path into) {
        return unpack(into, lab -> {
            String container = run(List.of("docker", "create", "--label", label(), LabImages.base(), "true"))
                    .strip();
            try {
                run(List.of(
                        "sh", "-c", "docker export \"$1\" | tar -x -C \"$2\"", "sh", container, lab.root.toString()));
            } finally {
                run(List.of("docker", "rm", "--force", container));
            }
        });
    }

    /**
     * The lab's tree that lives by rpm.
     *
     * @param into likewise
     * @param manager {@code dnf} or {@code zypper}: of whose family the system says that it is
     */
    public static LabRoot unpackRpm(Path into, String manager) {
        return unpack(into, lab -> {
            run(List.of("tar", "-x", "-f", LabImages.rpmTree().toString(), "-C", lab.root.toString()));
            lab.sh("cp /srv/os-release/" + manager + " /etc/os-release");
        });
    }

    private static LabRoot unpack(Path into, Consumer<LabRoot> content) {
        LabRoot lab = new LabRoot(real(into));
        // Services in the root have users of their own, who must get in.
        run(List.of("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", lab.root.toString()));
        try {
            content.accept(lab);
            run(List.of("mount", "-t", "proc", "proc", lab.root.resolve("proc").toString()));
            return lab;
        } catch (RuntimeException e) {
            run(List.of("umount", lab.root.toString()));
            throw e;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String label() {
        return Leftovers.labels().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .findFirst()
                .orElseThrow();
    }

    public Path path() {
        return root;
    }

    public Path file(String path) {
        return root.resolve(path.substring(1));
    }

    /** Runs a shell command in the root. A non-zero exit is an error that shows what the command said. */
    public String sh(String script) {
        return run(List.of(
                        "env",
                        "-i",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "DEBIAN_FRONTEND=noninteractive",
                        "chroot",
                        root.toString(),
                        "sh",
                        "-c",
                        script))
                .strip();
    }

    /** {@code dpkg -l}, as it prints it, wide enough that nothing is cut off. */
    public String dpkgList() {
        return sh("COLUMNS=400 dpkg -l");
    }

    public void install(String... packages) {
        sh("apt-get install -y -qq --allow-downgrades " + String.join(" ", packages));
    }

    /** Starts a program in the root that goes on; its standard input and output are the caller's to use. */
    public Process start(String... argv) {
        List<String> all = new java.util.ArrayList<>(List.of("chroot", root.toString()));
        all.addAll(List.of(argv));
        try {
            return new ProcessBuilder(all)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + all, e);
        }
    }

    /** Every file, link and directory below these directories with mode and owner, and each file's checksum: a line each. */
    public Set<String> inventory(String... directories) {
        return Set.copyOf(sh("find " + String.join(" ", directories) + " -xdev"
                        + " \\( -type l -printf 'l %p -> %l\\n' \\) -o \\( -type d -printf 'd %m %U:%G %p\\n' \\) | sort;"
                        + " find " + String.join(" ", directories) + " -xdev -type f -printf 'f %m %U:%G %p\\n' | sort;"
                        + " find " + String.join(" ", directories)
                        + " -xdev -type f -print0 | sort -z | xargs -0 sha256sum")
                .lines()
                .toList());
    }

    /** What is in only one of two inventories, with a sign. */
    public static Set<String> difference(Set<String> before, Set<String> now) {
        Set<String> difference = new TreeSet<>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> difference.add("- " + line));
        now.stream().filter(line -> !before.contains(line)).forEach(line -> difference.add("+ " + line));
        return difference;
    }

    /** What runs in the root. */
    public List<Long> processes() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(this::isInside)
                .toList();
    }

    /** Whether a program with this in its command line runs in the root. */
    public boolean runs(String part) {
        return processes().stream().anyMatch(pid -> ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .filter(line -> line.contains(part))
                .isPresent());
    }

    private boolean isInside(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/root")).equals(root);
        } catch (IOException gone) {
            return false;
        }
    }

    /** As a power cut does: all at once, without a word. Returns when nothing runs any more. */
    public void killAll() {
        while (!processes().isEmpty()) {
            processes().stream()
                    .map(ProcessHandle::of)
                    .flatMap(Optional::stream)
                    .forEach(process -> {
                        process.destroyForcibly();
                        process.onExit().join();
                    });
        }
    }

    @Override
    public void close() {
        killAll();
        run(List.of("umount", root.resolve("proc").toString()));
        run(List.of("umount", root.toString()));
    }

    private static String run(List<String> command) {
        try {
            Path out = Files.createTempFile("drydock-lab", ".out");
            Path err = Files.createTempFile("drydock-lab", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int exit = process.waitFor();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            String error = Files.readString(err, StandardCharsets.UTF_8);
            Files.delete(out);
            Files.delete(err);
            if (exit != 0) {
                throw new IllegalStateException("exit " + exit + " of " + command + "\n" + text + error);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + command, e);
        }
    }
}
