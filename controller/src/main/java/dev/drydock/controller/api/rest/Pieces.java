package dev.drydock.controller.api.rest;

import com.linecorp.armeria.common.HttpData;
import io.netty.buffer.Unpooled;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An answer's bytes in small arrays. One that takes half a region of G1's heap or more, which is half a megabyte where the heap may grow to
 * one gigabyte, makes the collector look through the whole heap, and a report that is asked for again and again has one each time.
 */
final class Pieces extends OutputStream {
    private static final int SIZE = 64 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[1024];
    private int used;

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (used == last.length) {
                grow();
            }
            int some = Math.min(end - from, last.length - used);
            System.arraycopy(bytes, from, last, used, some);
            used += some;
            from += some;
        }
    }

    private void grow() {
        if (last.length < SIZE) {
            last = Arrays.copyOf(last, Math.min(SIZE, last.length * 4));
        } else {
            full.add(last);
            last = new byte[SIZE];
            used = 0;
        }
    }

    /** All of it, without a copy; to be called once, after the last write. */
    HttpData data() {
        byte[][] all = full.toArray(new byte[full.size() + 1][]);
        all[full.size()] = Arrays.copyOf(last, used);
        return HttpData.wrap(Unpooled.wrappedBuffer(all.length, all));
    }
}
