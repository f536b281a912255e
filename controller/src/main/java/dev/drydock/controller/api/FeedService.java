package dev.drydock.controller.api;

import dev.drydock.controller.vulnerability.FeedUpload;
import dev.drydock.controller.vulnerability.InvalidFeedException;
import dev.drydock.controller.vulnerability.Vulnerabilities;
import dev.drydock.proto.v1.DeleteFeedRequest;
import dev.drydock.proto.v1.DeleteFeedResponse;
import dev.drydock.proto.v1.Feed;
import dev.drydock.proto.v1.FeedHead;
import dev.drydock.proto.v1.FeedServiceGrpc.FeedServiceImplBase;
import dev.drydock.proto.v1.ImportFeedRequest;
import dev.drydock.proto.v1.ListFeedsRequest;
import dev.drydock.proto.v1.ListFeedsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of vulnerabilities, and who said so. */
public final class FeedService extends FeedServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(FeedService.class);

    private final Vulnerabilities vulnerabilities;
    private final Path directory;

    /** @param directory for files that are being imported */
    public FeedService(Vulnerabilities vulnerabilities, Path directory) {
        this.vulnerabilities = vulnerabilities;
        this.directory = directory;
    }

    @Override
    public StreamObserver<ImportFeedRequest> importFeed(StreamObserver<Feed> call) {
        return new Receiving(call, Caller.name());
    }

    @Override
    public void listFeeds(ListFeedsRequest request, StreamObserver<ListFeedsResponse> call) {
        Calls.answer(call, () -> ListFeedsResponse.newBuilder()
                .addAllFeeds(vulnerabilities.feeds().stream()
                        .map(FeedMapper::message)
                        .toList())
                .build());
    }

    @Override
    public void deleteFeed(DeleteFeedRequest request, StreamObserver<DeleteFeedResponse> call) {
        Calls.answer(call, () -> {
            if (!vulnerabilities.remove(request.getSource())) {
                throw Refusals.notFound(
                        "feed",
                        request.getSource(),
                        vulnerabilities.feeds().stream()
                                .map(dev.drydock.controller.vulnerability.Feed::source)
                                .toList());
            }
            return DeleteFeedResponse.getDefaultInstance();
        });
    }

    /** One import. gRPC calls its methods one after the other. */
    private final class Receiving implements StreamObserver<ImportFeedRequest> {
        private final StreamObserver<Feed> call;
        private final String caller;
        private @Nullable FeedUpload upload;
        private FeedHead head = FeedHead.getDefaultInstance();
        private boolean failed;

        private Receiving(StreamObserver<Feed> call, String caller) {
            this.call = call;
            this.caller = caller;
        }

        @Override
        public void onNext(ImportFeedRequest request) {
            if (failed) {
                return;
            }
            try {
                switch (request.getPartCase()) {
                    case HEAD -> begin(request.getHead());
                    case DATA -> begun().write(request.getData().toByteArray());
                    case PART_NOT_SET -> throw new InvalidFeedException("part: is empty");
                }
            } catch (InvalidFeedException | IOException | RuntimeException e) {
                fail(e);
            }
        }

        private void begin(FeedHead first) throws InvalidFeedException, IOException {
            if (upload != null) {
                throw new InvalidFeedException("head: came twice; a call imports one file");
            }
            head = first;
            upload = FeedUpload.into(directory);
        }

        private FeedUpload begun() throws InvalidFeedException {
            FeedUpload begun = upload;
            if (begun == null) {
                throw new InvalidFeedException("data: came before the head");
            }
            return begun;
        }

        @Override
        public void onError(Throwable failure) {
            failed = true;
            end();
        }

        @Override
        public void onCompleted() {
            if (failed) {
                return;
            }
            try {
                Feed feed = FeedMapper.message(
                        begun().importInto(vulnerabilities, head.getSource(), head.getRelease(), caller));
                end();
                call.onNext(feed);
                call.onCompleted();
            } catch (InvalidFeedException | IOException | RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Exception failure) {
            failed = true;
            end();
            call.onError(
                    failure instanceof IOException
                            ? Status.RESOURCE_EXHAUSTED
                                    .withDescription(
                                            "The file cannot be kept while it is read: " + failure.getMessage()
                                                    + ". Check that the file system of the controller's data directory has space.")
                                    .withCause(failure)
                                    .asRuntimeException()
                            : failure);
        }

        private void end() {
            FeedUpload begun = upload;
            if (begun != null) {
                try {
                    begun.close();
                } catch (IOException e) {
                    log.warn("what came of a feed cannot be removed before the next start", e);
                }
            }
        }
    }
}
