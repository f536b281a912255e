package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code disk.free}: enough space for those that are not root. */
final class DiskFree implements Check {
    private static final String ERROR = "error";
    private static final String FREE = "free";
    private static final String SIZE = "size";
    private static final double GIB = 1 << 30;

    private final HostFiles files;

    DiskFree(HostFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "disk.free";
    }

    @Override
    public Struct observe(StepContext context) {
        String path = context.args().string("path");
        try {
            Path at = files.resolve(path);
            if (!Files.exists(at)) {
                return new Structs().put(ERROR, path + " is not there").build();
            }
            FileStore store = Files.getFileStore(at);
            return new Structs()
                    .put(FREE, (double) store.getUsableSpace())
                    .put(SIZE, (double) store.getTotalSpace())
                    .build();
        } catch (IOException e) {
            return new Structs().put(ERROR, path + ": " + e.getMessage()).build();
        }
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        Args args = context.args();
        return Judgement.of(baseline, now, seen -> problem(args, seen), DiskFree::measured);
    }

    private static String problem(Args args, Struct seen) {
        String error = Structs.string(seen, ERROR);
        if (!error.isEmpty()) {
            return error;
        }
        double free = Structs.number(seen, FREE).orElse(0.0);
        double wanted = wanted(args, Structs.number(seen, SIZE).orElse(0.0));
        return free >= wanted ? "" : "less than " + args.string("atLeast") + " is free on " + args.string("path");
    }

    /** A size, or a share of the file system as in {@code 10%}. */
    private static double wanted(Args args, double size) {
        String text = args.string("atLeast");
        if (text.endsWith("%")) {
            return size * Integer.parseInt(text.substring(0, text.length() - 1)) / 100;
        }
        return args.optionalBytes("atLeast").orElse(0L);
    }

    private static String measured(Struct seen) {
        String error = Structs.string(seen, ERROR);
        return error.isEmpty()
                ? String.format(
                        Locale.ROOT,
                        "%.1f of %.1f GiB free",
                        Structs.number(seen, FREE).orElse(0.0) / GIB,
                        Structs.number(seen, SIZE).orElse(0.0) / GIB)
                : error;
    }
}
