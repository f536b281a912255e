package dev.drydock.agent.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples that Amazon's reference of Signature Version 4 gives for S3. */
class S3SignatureTest {
    private static final Instant WHEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY = S3Signature.sha256("");
    private static final S3Signature SIGNATURE = new S3Signature(
            new S3Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1");

    @Test
    void getOfAnObject() {
        Map<String, String> headers = SIGNATURE.headers(
                "GET",
                URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                EMPTY,
                Map.of("range", "bytes=0-9"),
                WHEN);

        assertThat(headers.get("authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void listOfABucket() {
        Map<String, String> headers = SIGNATURE.headers(
                "GET",
                URI.create("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"),
                EMPTY,
                Map.of(),
                WHEN);

        assertThat(headers.get("authorization"))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void credentialsAreThoseOfTheFirstSection() throws Exception {
        S3Credentials read = S3Credentials.parse(
                "[default]\n# mine\naws_access_key_id = A\naws_secret_access_key=s=3\n[other]\naws_access_key_id = B\n",
                "/file");

        assertThat(read).isEqualTo(new S3Credentials("A", "s=3"));
        assertThat(read.toString()).doesNotContain("s=3");
        assertThatThrownBy(() -> S3Credentials.parse("[default]\n", "/file"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/file has no aws_access_key_id");
    }
}
