package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.proto.v1.OutputChunk;
import org.junit.jupiter.api.Test;

/** What a terminal gets, and what it does not. */
class TerminalTest extends FunctionalTest {
    @Test
    void onATerminalTablesFitAndAreColoured() {
        SampleAnswers.all(plane);
        shell.on(TestingTerminal.of(60, 24));

        Shell.Ended ended = run("report compliance");

        assertThat(ended.out()).contains("\u001b[31m! late");
        assertThat(plain(ended.out()).lines().filter(line -> line.startsWith("web-")))
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void colourYieldsToNoColorAndToDumbTerminals() {
        SampleAnswers.all(plane);
        shell.on(TestingTerminal.of(80, 24));

        shell.variables.put("NO_COLOR", "1");
        assertThat(run("host list").out()).doesNotContain("\u001b");
        shell.variables.remove("NO_COLOR");
        shell.variables.put("TERM", "dumb");
        assertThat(run("host list").out()).doesNotContain("\u001b");
        shell.variables.remove("TERM");
        assertThat(run("host list").out()).contains("\u001b");
    }

    @Test
    void whatHostsWriteCannotSteerATerminalButGoesIntoAPipeAsItIs() {
        byte[] first = {'a', 0x1b, '[', '2', 'J', (byte) 0xC2};
        byte[] second = {(byte) 0x9B, '\t', (byte) 0xC3, (byte) 0xA9, (byte) 0xC2, (byte) 0xA7, '\n'};
        plane.answer("StreamOutput", chunk(first), chunk(second));

        assertThat(run("run logs r-1").out()).isEqualTo("a\u001b[2J\u009b\té§\n");
        shell.on(TestingTerminal.of(80, 24));
        assertThat(run("run logs r-1").out()).isEqualTo("a\uFFFD[2J\uFFFD\té§\n");
        SampleAnswers.all(plane);
        assertThat(plain(run("run show r-web-05").out())).contains("E: nginx\uFFFD[2J failed");
    }

    private static OutputChunk chunk(byte[] data) {
        return OutputChunk.newBuilder().setData(ByteString.copyFrom(data)).build();
    }

    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private Shell.Ended run(String call) {
        return shell.run(call.split(" +"));
    }
}
