package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at the data directory as a directory: whose it is, what it lets others do, its room, and what was left in it. */
public final class DirectoryExaminations {
    private static final String AREA = "data";
    private static final List<String> SECRETS = List.of("ca.key", "totp.key", "admin.token", "drydock.db");
    private static final int PERCENT = 100;
    private static final int FEW_PERCENT = 10;
    private static final int TOO_FEW_PERCENT = 3;

    private DirectoryExaminations() {}

    /** @param user whom this program runs as; empty: not known */
    public static Examination rights(Path data, String user) {
        return now -> {
            if (!Files.exists(data)) {
                return List.of(Finding.advice(
                        AREA,
                        data + " is not there: the first start makes it, and with it another CA",
                        "If this controller ran before, its disk is not mounted, or --data names another directory."));
            }
            if (!Files.isDirectory(data)) {
                return List.of(
                        Finding.trouble(AREA, data + " is a file", "Give the controller a directory with --data."));
            }
            List<Finding> findings = new ArrayList<>();
            mode(data, findings);
            String owner = Files.getOwner(data).getName();
            if (!user.isEmpty() && !user.equals(owner) && !user.equals("root")) {
                findings.add(Finding.trouble(
                        AREA,
                        data + " belongs to " + owner + ", and this is " + user + ": not all of it can be seen",
                        "Run this as root, or: sudo -u " + owner + " drydock-controller doctor"));
            }
            if (Files.isReadable(data)) {
                inside(data, owner, findings);
            }
            if (findings.isEmpty()) {
                findings.add(Finding.fine(AREA, data + " belongs to " + owner + " alone, and so does what is in it"));
            }
            return findings;
        };
    }

    private static void mode(Path data, List<Finding> findings) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(data);
        String text = data + " has mode " + PosixFilePermissions.toString(mode);
        if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            findings.add(Finding.trouble(AREA, text + ": others may replace its keys", "chmod 700 " + data));
        } else if (PrivateFiles.openToOthers(data)) {
            findings.add(Finding.advice(AREA, text + ": others see what is in it", "chmod 700 " + data));
        }
    }

    private static void inside(Path data, String owner, List<Finding> findings) throws IOException {
        List<String> foreign = new ArrayList<>();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!Files.getOwner(file).getName().equals(owner)) {
                    foreign.add(name);
                }
                if (SECRETS.contains(name) && PrivateFiles.openToOthers(file)) {
                    findings.add(
                            Finding.trouble(AREA, "others than its owner may access " + file, "chmod 600 " + file));
                }
            }
        }
        if (!foreign.isEmpty()) {
            findings.add(Finding.trouble(
                            AREA,
                            "not " + owner + "'s, whose the directory is: the controller cannot use them",
                            "chown -R " + owner + ": " + data)
                    .of(foreign));
        }
    }

    /** What is scarce where the data lies. */
    public static Examination inodes(Path data) {
        return now -> {
            if (!Files.isDirectory(data)) {
                return List.of();
            }
            // Java tells of bytes alone.
            Process asked = new ProcessBuilder("stat", "-f", "-c", "%c %d", data.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String line = asked.inputReader().readLine();
            String[] numbers = String.valueOf(line).split(" ");
            return numbers.length == 2 ? inodes(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])) : List.of();
        };
    }

    /** None of a file system that makes them as it needs them. */
    static List<Finding> inodes(long all, long free) {
        if (all == 0) {
            return List.of();
        }
        long percent = PERCENT * free / all;
        String text = free + " inodes (" + percent + " %) are free where the data lies";
        String next = "Delete small files there, or make the file system anew with more: output/ has a file a run.";
        return List.of(
                percent < TOO_FEW_PERCENT
                        ? Finding.trouble("disk", text, next)
                        : percent < FEW_PERCENT ? Finding.advice("disk", text, next) : Finding.fine("disk", text));
    }

    /** Whether the file system lets anybody write. */
    public static Examination writable(Path data) {
        return now -> {
            if (!Files.isDirectory(data)) {
                return List.of();
            }
            FileStore store = Files.getFileStore(data);
            return store.isReadOnly()
                    ? List.of(Finding.trouble(
                            "disk",
                            "the file system of " + data + " is mounted to be read only",
                            "See dmesg: the kernel does so after errors of the disk. Then mount it anew."))
                    : List.of();
        };
    }

    /** What an upgrade, a restore or a copy that was cut short has left. @param running whether a controller uses them now */
    public static Examination leftovers(Path data, boolean running) {
        return now -> {
            List<Finding> findings = new ArrayList<>();
            Path half = data.resolveSibling(data.getFileName() + ".restoring");
            if (Files.exists(half)) {
                findings.add(Finding.advice(
                        "leftovers", half + " was left by a restore that was cut short", "Delete it: rm -r " + half));
            }
            if (!running && Files.isReadable(data) && Files.isDirectory(data)) {
                List<String> found = new ArrayList<>();
                for (Path place : List.of(data, data.resolve("artifacts"), data.resolve("upgrade-backups"))) {
                    found.addAll(unfinished(data, place));
                }
                if (!found.isEmpty()) {
                    findings.add(Finding.advice(
                                    "leftovers",
                                    "left by what was cut short; nothing depends on them",
                                    "The next start makes away with those of upgrades; others you may delete.")
                            .of(found));
                }
            }
            return findings;
        };
    }

    private static List<String> unfinished(Path data, Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.startsWith(".new-") || name.startsWith(".incoming-") || name.contains(".part");
                    })
                    .map(file -> data.relativize(file).toString())
                    .toList();
        }
    }
}
