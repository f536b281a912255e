package dev.drydock.cli.support;

import com.google.protobuf.Message;
import dev.drydock.cli.output.Messages;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip of what was asked, one file an answer, and what could not be had. One thread. */
public final class Bundle implements AutoCloseable {
    private final ZipOutputStream zip;
    private final List<String> files = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    public Bundle(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /**
     * @param call to the controller; what it refuses is noted, and the rest goes on
     * @throws IOException where the bundle cannot be written
     */
    public void add(String file, Supplier<? extends Message> call) throws IOException {
        Message answer;
        try {
            answer = call.get();
        } catch (StatusRuntimeException e) {
            missing.add(file + ": " + e.getStatus().getDescription());
            return;
        }
        write(file, Messages.json(Redaction.of(answer)) + "\n");
    }

    private void write(String file, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        files.add(file);
    }

    /** What could not be had, a line each, with the reason. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** @param about first lines of its README.txt */
    public void finish(List<String> about) throws IOException {
        List<String> lines = new ArrayList<>(about);
        lines.add("");
        lines.add("Fields that may hold a secret, an address or a parameter say " + Redaction.LEFT_OUT
                + "; users, teams, notifications, incidents and logs are not in it.");
        lines.add("Names of hosts, packages and sites are: look through it before you give it away.");
        lines.add("");
        files.stream().sorted().map(file -> "  " + file).forEach(lines::add);
        missing.stream().map(why -> "  not in it: " + why).forEach(lines::add);
        write("README.txt", String.join("\n", lines) + "\n");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
