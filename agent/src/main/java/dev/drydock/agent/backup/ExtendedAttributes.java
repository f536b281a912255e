package dev.drydock.agent.backup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Extended attributes of a file, links not followed, by the C library's llistxattr and lgetxattr: Java itself only knows those of
 * users, and getfattr and getfacl are on few hosts. Names are those of the kernel, ACLs among them ({@code system.posix_acl_access},
 * {@code system.posix_acl_default}); see xattr(7).
 */
final class ExtendedAttributes {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle LIST = function(
            "llistxattr",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle GET = function(
            "lgetxattr",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG));

    /** The most that the kernel has for a list and for a value, see listxattr(2). */
    private static final long MOST = 1 << 16;

    private static final int ENOENT = 2;
    private static final int ENODATA = 61;
    private static final int ENOTSUP = 95;

    private ExtendedAttributes() {}

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    /**
     * All of a file, sorted by name. None where the file system has none.
     *
     * @param path absolute; its bytes
     */
    static Map<String, byte[]> of(byte[] path) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = text(arena, path);
            MemorySegment buffer = arena.allocate(MOST);
            MemorySegment errno = arena.allocate(STATE);
            for (String name : names(call(LIST, errno, file, buffer), errno, buffer, path)) {
                MemorySegment key = text(arena, name.getBytes(StandardCharsets.ISO_8859_1));
                long size = get(errno, file, key, buffer);
                if (size >= 0) {
                    all.put(name, bytes(buffer, size));
                } else if (errno(errno) != ENODATA) {
                    throw failure("lgetxattr", errno(errno), path);
                }
            }
        }
        return all;
    }

    private static List<String> names(long size, MemorySegment errno, MemorySegment buffer, byte[] path)
            throws IOException {
        if (size < 0) {
            int why = errno(errno);
            if (why == ENOTSUP) {
                return List.of();
            }
            throw failure("llistxattr", why, path);
        }
        List<String> names = new ArrayList<>();
        for (String name : new String(bytes(buffer, size), StandardCharsets.ISO_8859_1).split("\0")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static long call(MethodHandle list, MemorySegment errno, MemorySegment file, MemorySegment buffer) {
        try {
            return (long) list.invokeExact(errno, file, buffer, MOST);
        } catch (Throwable e) {
            throw new IllegalStateException("llistxattr cannot be called", e);
        }
    }

    private static long get(MemorySegment errno, MemorySegment file, MemorySegment name, MemorySegment buffer) {
        try {
            return (long) GET.invokeExact(errno, file, name, buffer, MOST);
        } catch (Throwable e) {
            throw new IllegalStateException("lgetxattr cannot be called", e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    private static byte[] bytes(MemorySegment buffer, long size) {
        return buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    }

    private static IOException failure(String call, int errno, byte[] path) {
        String name = new String(path, StandardCharsets.UTF_8);
        return errno == ENOENT
                ? new NoSuchFileException(name)
                : new IOException(call + " of " + name + ": errno " + errno);
    }
}
