package dev.drydock.controller.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.Host;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PiecesTest {
    @Property(tries = 200)
    void areWhatWasWritten(@ForAll @Size(max = 8) List<@IntRange(max = 150_000) Integer> lengths) {
        Pieces pieces = new Pieces();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int next = 0;
        for (int length : lengths) {
            byte[] bytes = new byte[length + 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (next++ * 31);
            }
            pieces.write(bytes, 1, length);
            whole.write(bytes, 1, length);
            pieces.write(next);
            whole.write(next);
        }
        assertThat(pieces.data().array()).isEqualTo(whole.toByteArray());
    }

    @Test
    void anAnswerHasTheSameJsonAsALine() {
        Host host = Host.newBuilder()
                .setFacts(dev.drydock.proto.facts.v1.Host.newBuilder()
                        .setName("wëb-01 \uD83D\uDEA2 <&>")
                        .putLabels("team", "x".repeat(100_000)))
                .build();
        assertThat(new String(ProtoJson.data(host).array(), StandardCharsets.UTF_8))
                .isEqualTo(ProtoJson.print(host));
    }
}
