package dev.drydock.agent.backup.s3;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Who asks. The secret is in no text of this record. */
public record S3Credentials(String id, String secret) {
    /**
     * As the tools of AWS write them: {@code aws_access_key_id = …} and {@code aws_secret_access_key = …}, a line each; the first
     * section counts.
     *
     * @param file for messages
     */
    public static S3Credentials parse(String text, String file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.putIfAbsent(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        String id = values.getOrDefault("aws_access_key_id", "");
        String secret = values.getOrDefault("aws_secret_access_key", "");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new IOException(file + " has no aws_access_key_id = … and aws_secret_access_key = …");
        }
        return new S3Credentials(id, secret);
    }

    @Override
    public String toString() {
        return "S3Credentials[" + id + "]";
    }
}
