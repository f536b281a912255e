package dev.drydock.agent.backup.s3;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects that are put in parts: begun, filled, and made one object by the last call, or aborted. Before the last call there is no object. */
final class S3Multipart {
    private static final Pattern UPLOAD = Pattern.compile("<Upload>(.*?)</Upload>", Pattern.DOTALL);

    private final S3Wire wire;

    S3Multipart(S3Wire wire) {
        this.wire = wire;
    }

    /** An upload that is begun and neither complete nor aborted. */
    record Pending(String key, String id) {}

    /**
     * A part that the server has.
     *
     * @param tag the server's name of its content
     */
    record Part(int number, String tag) {}

    Pending begin(String key, Job job) throws HostException, IOException, InterruptedException {
        HttpURLConnection connection = wire.open("POST", key, new TreeMap<>(Map.of("uploads", "")), S3Wire.EMPTY);
        S3Wire.send(connection, InputStream.nullInputStream(), 0, job);
        String what = "begin of the upload of " + key;
        String xml = wire.answer(connection, what);
        return new Pending(
                key,
                element("UploadId", xml)
                        .orElseThrow(() -> new HostException(what + ": the server named no upload: " + xml)));
    }

    /**
     * Puts bytes of a file. May be called again for the same number.
     *
     * @param number from 1
     * @param sha256 of those bytes
     */
    Part put(Pending upload, int number, Path file, long from, long size, String sha256, Job job)
            throws HostException, IOException, InterruptedException {
        TreeMap<String, String> query =
                new TreeMap<>(Map.of("partNumber", Integer.toString(number), "uploadId", upload.id()));
        HttpURLConnection connection = wire.open("PUT", upload.key(), query, sha256);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ).position(from)) {
            S3Wire.send(connection, Channels.newInputStream(channel), size, job);
        }
        String what = "PUT " + upload.key() + ", part " + number;
        wire.answer(connection, what);
        String tag = connection.getHeaderField("ETag");
        if (tag == null) {
            throw new HostException(what + ": the server answered without an ETag");
        }
        return new Part(number, tag);
    }

    /** Makes the parts one object. */
    void complete(Pending upload, List<Part> parts, Job job) throws HostException, IOException, InterruptedException {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (Part part : parts) {
            xml.append("<Part><PartNumber>")
                    .append(part.number())
                    .append("</PartNumber><ETag>")
                    .append(part.tag().replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</ETag></Part>");
        }
        String text = xml.append("</CompleteMultipartUpload>").toString();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = wire.open(
                "POST", upload.key(), new TreeMap<>(Map.of("uploadId", upload.id())), S3Signature.sha256(text));
        S3Wire.send(connection, new java.io.ByteArrayInputStream(body), body.length, job);
        wire.answer(connection, "end of the upload of " + upload.key());
    }

    /** Does nothing where it is complete or aborted. */
    void abort(Pending upload) throws HostException, IOException {
        HttpURLConnection connection =
                wire.open("DELETE", upload.key(), new TreeMap<>(Map.of("uploadId", upload.id())), S3Wire.EMPTY);
        wire.answerIfThere(connection, "abort of the upload of " + upload.key());
    }

    /** Whoever began them, of keys that begin so. */
    List<Pending> pending(String prefix) throws HostException, IOException {
        List<Pending> all = new ArrayList<>();
        TreeMap<String, String> query = new TreeMap<>(Map.of("prefix", prefix, "uploads", ""));
        boolean more = true;
        while (more) {
            String xml = wire.answer(wire.open("GET", "", query, S3Wire.EMPTY), "list of uploads of " + prefix);
            Matcher upload = UPLOAD.matcher(xml);
            while (upload.find()) {
                Optional<String> key = element("Key", upload.group(1));
                Optional<String> id = element("UploadId", upload.group(1));
                // Servers are known that do not heed the prefix.
                if (key.isPresent() && id.isPresent() && key.get().startsWith(prefix)) {
                    all.add(new Pending(key.get(), id.get()));
                }
            }
            Optional<String> next = element("NextKeyMarker", xml);
            more = element("IsTruncated", xml).equals(Optional.of("true")) && next.isPresent();
            next.ifPresent(marker -> query.put("key-marker", marker));
            element("NextUploadIdMarker", xml).ifPresent(marker -> query.put("upload-id-marker", marker));
        }
        return all;
    }

    private static Optional<String> element(String name, String xml) {
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(xml);
        return matcher.find() ? Optional.of(S3Wire.unescape(matcher.group(1))) : Optional.empty();
    }
}
