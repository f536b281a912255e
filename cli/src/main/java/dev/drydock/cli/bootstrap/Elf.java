package dev.drydock.cli.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little that is to be known of a program's file (System V ABI, ELF). */
final class Elf {
    private static final int MACHINE = 18;
    private static final int LITTLE_ENDIAN = 1;
    private static final Pattern GLIBC = Pattern.compile("GLIBC_(\\d{1,3})\\.(\\d{1,3})");

    private Elf() {}

    /** For which processor it is, as {@code uname -m} names it. */
    static String arch(Path file) throws IOException {
        byte[] head = new byte[MACHINE + 2];
        try (InputStream in = Files.newInputStream(file)) {
            if (in.readNBytes(head, 0, head.length) < head.length || head[0] != 0x7f || head[1] != 'E') {
                throw new IOException(file + " is no program");
            }
        }
        boolean little = head[5] == LITTLE_ENDIAN;
        int machine = (head[MACHINE + (little ? 1 : 0)] & 0xff) << 8 | head[MACHINE + (little ? 0 : 1)] & 0xff;
        return switch (machine) {
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            case 243 -> "riscv64";
            case 21 -> "ppc64le";
            case 22 -> "s390x";
            default -> "machine-" + machine;
        };
    }

    /** The newest version of the GNU C library that its symbols ask for. Empty where there are none, or there is no such file. */
    static Optional<GlibcVersion> glibcNeeded(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Matcher symbols = GLIBC.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        GlibcVersion newest = new GlibcVersion(0, 0);
        while (symbols.find()) {
            GlibcVersion asked =
                    new GlibcVersion(Integer.parseInt(symbols.group(1)), Integer.parseInt(symbols.group(2)));
            newest = asked.compareTo(newest) > 0 ? asked : newest;
        }
        return newest.major() == 0 ? Optional.empty() : Optional.of(newest);
    }
}
