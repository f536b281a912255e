package dev.drydock.controller.api;

import dev.drydock.controller.artifact.ArtifactLibrary;
import dev.drydock.controller.artifact.ArtifactRefusedException;
import dev.drydock.controller.artifact.ArtifactRefusedException.Kind;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc.ArtifactServiceImplBase;
import dev.drydock.proto.v1.DeleteArtifactRequest;
import dev.drydock.proto.v1.DeleteArtifactResponse;
import dev.drydock.proto.v1.GetArtifactRequest;
import dev.drydock.proto.v1.ListArtifactsRequest;
import dev.drydock.proto.v1.ListArtifactsResponse;
import dev.drydock.proto.v1.PushArtifactRequest;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that playbooks name by digest. */
public final class ArtifactService extends ArtifactServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(ArtifactService.class);

    private final ArtifactLibrary library;

    public ArtifactService(ArtifactLibrary library) {
        this.library = library;
    }

    /** A piece is on disk before the next one is let in: whoever sends too fast waits. */
    @Override
    public StreamObserver<PushArtifactRequest> pushArtifact(StreamObserver<Artifact> call) {
        return new Receiving(call);
    }

    @Override
    public void listArtifacts(ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> call) {
        Calls.answer(call, () -> {
            Pages.Page<dev.drydock.controller.artifact.Artifact> page = Pages.of(
                            request.getPageSize(), Pages.LARGEST, request.getPageToken(), "artifacts")
                    .of(library.list(), artifact -> Pages.newest(artifact.pushedAt(), artifact.digest()));
            return ListArtifactsResponse.newBuilder()
                    .addAllArtifacts(
                            page.items().stream().map(ArtifactService::message).toList())
                    .setNextPageToken(page.next())
                    .build();
        });
    }

    @Override
    public void getArtifact(GetArtifactRequest request, StreamObserver<Artifact> call) {
        Calls.answer(call, () -> message(library.get(request.getDigest())));
    }

    @Override
    public void deleteArtifact(DeleteArtifactRequest request, StreamObserver<DeleteArtifactResponse> call) {
        Calls.answer(call, () -> {
            library.delete(request.getDigest());
            return DeleteArtifactResponse.getDefaultInstance();
        });
    }

    private static Artifact message(dev.drydock.controller.artifact.Artifact artifact) {
        return Artifact.newBuilder()
                .setDigest("sha256:" + artifact.digest())
                .setName(artifact.name())
                .setSize(artifact.size())
                .setPushedAt(Times.timestamp(artifact.pushedAt()))
                .build();
    }

    /** One push. gRPC calls its methods one after the other. */
    private final class Receiving implements StreamObserver<PushArtifactRequest> {
        private final StreamObserver<Artifact> call;
        private ArtifactLibrary.@Nullable Push push;
        private boolean answered;

        private Receiving(StreamObserver<Artifact> call) {
            this.call = call;
        }

        @Override
        public void onNext(PushArtifactRequest request) {
            if (answered) {
                return;
            }
            try {
                switch (request.getPartCase()) {
                    case HEAD -> begin(request.getHead());
                    case DATA -> begun().write(request.getData().asReadOnlyByteBuffer());
                    case PART_NOT_SET -> throw new ArtifactRefusedException(Kind.INVALID, "part: is empty");
                }
            } catch (ArtifactRefusedException | IOException | RuntimeException e) {
                fail(e);
            }
        }

        /** What is there already need not come again. */
        private void begin(ArtifactHead head) throws ArtifactRefusedException, IOException {
            if (push != null) {
                throw new ArtifactRefusedException(Kind.INVALID, "head: came twice; a call pushes one artifact");
            }
            Optional<dev.drydock.controller.artifact.Artifact> known = library.find(head.getDigest());
            if (known.isPresent()) {
                answer(message(known.get()));
            } else {
                push = library.push(head.getDigest(), head.getName(), head.getSize());
            }
        }

        private ArtifactLibrary.Push begun() throws ArtifactRefusedException {
            ArtifactLibrary.Push begun = push;
            if (begun == null) {
                throw new ArtifactRefusedException(Kind.INVALID, "data: came before the head");
            }
            return begun;
        }

        @Override
        public void onError(Throwable failure) {
            answered = true;
            end();
        }

        @Override
        public void onCompleted() {
            if (!answered) {
                try {
                    answer(message(begun().keep()));
                } catch (ArtifactRefusedException | IOException | RuntimeException e) {
                    fail(e);
                }
            }
            end();
        }

        private void answer(Artifact artifact) {
            answered = true;
            call.onNext(artifact);
            call.onCompleted();
        }

        private void fail(Exception failure) {
            answered = true;
            end();
            call.onError(
                    failure instanceof IOException
                            ? new ArtifactRefusedException(
                                    Kind.NO_ROOM,
                                    "The artifact cannot be stored: " + failure.getMessage()
                                            + ". Check that the file system of the controller's data directory has space and is"
                                            + " healthy. Nothing of it was kept.")
                            : failure);
        }

        private void end() {
            ArtifactLibrary.Push begun = push;
            if (begun != null) {
                try {
                    begun.close();
                } catch (IOException e) {
                    log.warn("what came of an artifact cannot be removed before the next start", e);
                }
            }
        }
    }
}
