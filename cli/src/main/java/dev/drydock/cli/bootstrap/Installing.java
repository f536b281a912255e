package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.Remote.Answer;
import dev.drydock.cli.ssh.SshFault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Puts an agent on one host. */
final class Installing {
    private static final Duration TO_SHIP = Duration.ofMinutes(30);
    private static final Duration TO_INSTALL = Duration.ofMinutes(15);
    /** The exit code of install-folder.sh for an agent that does not start. */
    private static final int DOES_NOT_START = 41;

    private final RootShell root;
    private final Sight seen;
    private final ParcelContents contents;
    private final Shipping shipping;

    /** Told how much has gone. */
    @FunctionalInterface
    interface Shipping {
        void sent(long bytes, long of);
    }

    Installing(RootShell root, Sight seen, ParcelContents contents, Shipping shipping) {
        this.root = root;
        this.seen = seen;
        this.contents = contents;
        this.shipping = shipping;
    }

    void ship(Parcel parcel) throws SshFault, Stopped {
        Path file = contents.file(parcel);
        String script = parcel.kind() == Parcel.Kind.FOLDER
                ? Shell.script("ship-folder.sh", Map.of())
                : Shell.script("ship-package.sh", Map.of("file", name(parcel)));
        Answer answer = root.run(script, () -> new Counted(Files.newInputStream(file), Files.size(file)), TO_SHIP);
        if (!answer.ok()) {
            throw refused("ship", "the agent cannot be put there", answer);
        }
    }

    void install(Parcel parcel) throws SshFault, Stopped {
        String script = parcel.kind() == Parcel.Kind.FOLDER
                ? Shell.script("install-folder.sh", Map.of())
                : Shell.script(
                        "install-package.sh",
                        Map.of(
                                "file",
                                name(parcel),
                                "manager",
                                seen.family().orElseThrow().code()));
        Answer answer = root.run(script, Remote.Input.NOTHING, TO_INSTALL);
        if (answer.exit() == DOES_NOT_START) {
            boolean libc = answer.err().contains("GLIBC_");
            throw new Stopped(
                    libc ? "old-glibc" : "agent-does-not-start",
                    (libc ? "its GNU C library is too old for the agent: " : "the agent does not start there: ")
                            + Said.shortly(answer),
                    libc
                            ? "Upgrade the system first, or give an agent that was built on an older one with --package."
                            : "See that programs may run from /opt there (no noexec), and that its processor is right.");
        }
        if (!answer.ok()) {
            throw refused("install", "the agent cannot be installed", answer);
        }
    }

    private static Stopped refused(String code, String what, Answer answer) {
        boolean full = answer.err().contains("No space left") || answer.err().contains("not enough free space");
        return full
                ? new Stopped("disk-full", "its disk is full: " + Said.shortly(answer), "Make room there.")
                : new Stopped(
                        code + "-failed", what + ": " + Said.shortly(answer), "Mend it there, then run this again.");
    }

    private static String name(Parcel parcel) {
        return String.valueOf(parcel.path().getFileName());
    }

    private final class Counted extends FilterInputStream {
        private final long of;
        private long sent;

        Counted(InputStream in, long of) {
            super(in);
            this.of = of;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                shipping.sent(++sent, of);
            }
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0) {
                sent += read;
                shipping.sent(sent, of);
            }
            return read;
        }
    }
}
