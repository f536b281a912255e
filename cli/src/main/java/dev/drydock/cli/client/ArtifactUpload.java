package dev.drydock.cli.client;

import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc.ArtifactServiceStub;
import dev.drydock.proto.v1.PushArtifactRequest;
import java.io.IOException;
import java.io.InputStream;

/** Sends an artifact. */
public final class ArtifactUpload {
    private ArtifactUpload() {}

    /** @throws io.grpc.StatusRuntimeException when the controller refuses it or cannot be reached */
    public static Artifact send(ArtifactServiceStub stub, ArtifactHead head, InputStream content)
            throws IOException, InterruptedException {
        return Upload.send(
                stub::pushArtifact,
                PushArtifactRequest.newBuilder().setHead(head).build(),
                bytes -> PushArtifactRequest.newBuilder().setData(bytes).build(),
                content);
    }
}
