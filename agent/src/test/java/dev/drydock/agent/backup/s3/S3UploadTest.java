package dev.drydock.agent.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3UploadTest {
    @ParameterizedTest
    @CsvSource({
        "100, 64, 64",
        // 10,000 parts exactly, and one MiB more.
        "640000, 64, 64",
        "640001, 64, 65",
        "5242880, 64, 525",
        "5242880, 5120, 5120"
    })
    void aFileHasAtMostTenThousandParts(long mib, long wanted, long expected) {
        long size = mib << 20;

        long part = S3Upload.partSize(size, wanted << 20);

        assertThat(part).isEqualTo(expected << 20);
        assertThat(Math.ceilDiv(size, part)).isLessThanOrEqualTo(10_000);
    }
}
