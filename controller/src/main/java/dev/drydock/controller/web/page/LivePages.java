package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Events;
import dev.drydock.controller.web.http.Renderer;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.RunServiceGrpc;
import dev.drydock.proto.v1.StreamOutputRequest;
import dev.drydock.proto.v1.WatchRolloutRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The parts of pages that change by themselves, sent as they change. */
public final class LivePages {
    private final Renderer renderer;

    public LivePages(Renderer renderer) {
        this.renderer = renderer;
    }

    /** The rollout's progress, anew with each change. */
    public Reply rollout(Request request) {
        WatchRolloutRequest wanted =
                WatchRolloutRequest.newBuilder().setName(request.path("name")).build();
        return Events.<WatchRolloutRequest, RolloutUpdate>stream(
                request,
                (channel, observer) ->
                        request.api().stream(RolloutServiceGrpc::newStub).watchRollout(wanted, observer),
                update -> Events.event(
                        "progress",
                        renderer.text(
                                "rolloutLive",
                                Map.of("view", RolloutView.of(update.getRollout()), "when", request.when()))));
    }

    /** What the run writes, piece by piece. */
    public Reply output(Request request) {
        StreamOutputRequest wanted = StreamOutputRequest.newBuilder()
                .setId(request.path("id"))
                .setFollow(true)
                .build();
        Utf8 text = new Utf8();
        return Events.<StreamOutputRequest, OutputChunk>stream(
                request,
                (channel, observer) ->
                        request.api().stream(RunServiceGrpc::newStub).streamOutput(wanted, observer),
                chunk -> Events.event(
                        "output",
                        renderer.text(
                                "output",
                                Map.of("text", text.add(chunk.getData().asReadOnlyByteBuffer())))));
    }

    /** Text from pieces that may end within a character; what is none is shown as �. */
    private static final class Utf8 {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0);

        String add(ByteBuffer piece) {
            ByteBuffer all = ByteBuffer.allocate(rest.remaining() + piece.remaining());
            all.put(rest).put(piece).flip();
            CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
            var unused = decoder.decode(all, text, false);
            rest = all.slice();
            return text.flip().toString();
        }
    }
}
