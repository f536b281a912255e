package dev.drydock.agent.backup.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4, for S3: what proves to a server who asks, without the secret on the wire. */
record S3Signature(S3Credentials credentials, String region) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /**
     * The headers that a request needs, {@code host} apart.
     *
     * @param uri with its path and query as they go over the wire; the query's keys sorted
     * @param payload SHA-256 of the body, hex
     * @param more further headers that are signed, names in lower case
     */
    Map<String, String> headers(String method, URI uri, String payload, Map<String, String> more, Instant now) {
        String time = TIME.format(now);
        SortedMap<String, String> signed = new TreeMap<>(more);
        signed.put("host", uri.getRawAuthority());
        signed.put("x-amz-content-sha256", payload);
        signed.put("x-amz-date", time);
        String names = String.join(";", signed.keySet());
        StringBuilder request = new StringBuilder(method)
                .append('\n')
                .append(uri.getRawPath())
                .append('\n')
                .append(uri.getRawQuery() == null ? "" : uri.getRawQuery())
                .append('\n');
        signed.forEach((name, value) ->
                request.append(name).append(':').append(value.strip()).append('\n'));
        request.append('\n').append(names).append('\n').append(payload);

        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + sha256(request.toString());
        byte[] key = bytes("AWS4" + credentials.secret());
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        String signature = HexFormat.of().formatHex(hmac(key, toSign));
        Map<String, String> headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.id() + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + signature);
        return headers;
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
