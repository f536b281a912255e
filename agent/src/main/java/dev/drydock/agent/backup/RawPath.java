package dev.drydock.agent.backup;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * Names of files are bytes, not text: any but {@code /} and zero. Written down, every byte that is not plain ASCII is
 * {@code %XX}, so that a name is one word of one line whatever is in it and whatever the locale is.
 */
final class RawPath {
    private static final int BYTE = 0xff;

    private RawPath() {}

    /** Relative to the root, in the written form; empty for the root itself. */
    static String encode(Path root, Path file) {
        String whole = stripSlash(file.toUri().getRawPath());
        String prefix = stripSlash(root.toUri().getRawPath());
        return whole.substring(Math.min(whole.length(), prefix.length() + 1));
    }

    /** A link's target, which may be relative: its bytes. */
    static String encodeLink(Path target) {
        Path anchor = Path.of("/");
        String absolute = encode(anchor, anchor.resolve(target));
        return target.isAbsolute() ? "/" + absolute : absolute;
    }

    /** Of bytes that a program wrote. */
    static String encode(byte[] name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name) {
            char c = (char) (b & BYTE);
            boolean plain = c == '/' || c == '-' || c == '_' || c == '.' || c < 128 && Character.isLetterOrDigit(c);
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** The bytes of a path of this machine. */
    static byte[] bytesOf(Path absolute) {
        return bytes(stripSlash(absolute.toUri().getRawPath()));
    }

    static Path decode(Path root, String encoded) {
        String prefix = stripSlash(root.toUri().getRawPath());
        return Path.of(URI.create("file://" + prefix + "/" + encoded));
    }

    /** The bytes of the name, as programs take them. */
    static byte[] bytes(String encoded) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                out.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16) & BYTE);
                i += 2;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }

    private static String stripSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
