package dev.drydock.cli.client;

import dev.drydock.proto.v1.Feed;
import dev.drydock.proto.v1.FeedHead;
import dev.drydock.proto.v1.FeedServiceGrpc.FeedServiceStub;
import dev.drydock.proto.v1.ImportFeedRequest;
import java.io.IOException;
import java.io.InputStream;

/** Sends a file of vulnerabilities. */
public final class FeedUpload {
    private FeedUpload() {}

    /** @throws io.grpc.StatusRuntimeException when the controller refuses it or cannot be reached */
    public static Feed send(FeedServiceStub stub, FeedHead head, InputStream content)
            throws IOException, InterruptedException {
        return Upload.send(
                stub::importFeed,
                ImportFeedRequest.newBuilder().setHead(head).build(),
                bytes -> ImportFeedRequest.newBuilder().setData(bytes).build(),
                content);
    }
}
