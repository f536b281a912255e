package dev.drydock.agent.backup;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.Pipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** GNU tar of the managed system: keeps owners by number, permissions, ACLs, extended attributes, hard links and holes. */
final class Tar {
    /** Files changed or went away while they were read; the archive is whole. */
    private static final Set<Integer> FINE = Set.of(0, 1);

    private final HostFiles files;
    private final Commands commands;

    Tar(HostFiles files, Commands commands) {
        this.files = files;
        this.commands = commands;
    }

    void requireGnu(Job job) throws HostException, InterruptedException {
        String version = job.silent().require(commands, Map.of(), List.of("tar", "--version"));
        if (!version.contains("GNU tar")) {
            throw new HostException("tar is not GNU tar, which is needed to keep ACLs, attributes and holes: "
                    + version.lines().findFirst().orElse("no version"));
        }
    }

    /** @param names as {@link FileSelection#list} writes them */
    void create(Path names, Path archive, Packing packing, Job job) throws HostException, InterruptedException {
        Complaints complaints = new Complaints(job.output());
        Pipeline.on(files)
                .from(names)
                .then(
                        List.of(
                                "tar",
                                "--create",
                                "--file=-",
                                "--xattrs",
                                "--xattrs-include=*",
                                "--acls",
                                "--sparse",
                                "--numeric-owner",
                                "--ignore-failed-read",
                                "--no-recursion",
                                "--directory=/",
                                "--null",
                                "--files-from=-"),
                        Map.of(),
                        FINE)
                .thenAll(packing.pack())
                .into(archive)
                .run(new Job(complaints, job.timeLeft(), job.mark()));
        complaints.requireNone();
    }

    /** @param into absolute, inside the managed system, an empty directory */
    void extract(Path archive, Packing packing, String into, Job job) throws HostException, InterruptedException {
        packing.open(files, archive)
                .then(
                        "tar",
                        "--extract",
                        "--file=-",
                        "--xattrs",
                        "--xattrs-include=*",
                        "--acls",
                        "--numeric-owner",
                        "--preserve-permissions",
                        "--same-owner",
                        "--directory=" + into)
                .run(job);
    }

    /** tar only warns of files that it cannot read, those that are gone among them; the others are failures. */
    private static final class Complaints implements Output {
        private final Output through;
        private final StringBuilder line = new StringBuilder();
        private String first = "";

        Complaints(Output through) {
            this.through = through;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            through.write(bytes, offset, length);
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n') {
                    judge(line.toString());
                    line.setLength(0);
                } else if (line.length() < 4096) {
                    line.append(new String(bytes, i, 1, StandardCharsets.ISO_8859_1));
                }
            }
        }

        private void judge(String text) {
            boolean bad = text.contains("Warning: Cannot") && !text.endsWith("No such file or directory");
            if (bad && first.isEmpty()) {
                first = text;
            }
        }

        synchronized void requireNone() throws HostException {
            if (!first.isEmpty()) {
                throw new HostException("a file could not be read: " + first);
            }
        }
    }
}
