package dev.drydock.controller.api;

import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.SystemServiceGrpc.SystemServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;

/** What this controller is. */
public final class SystemService extends SystemServiceImplBase {
    private final String version;
    private final String caFingerprint;
    private final InstantSource clock;

    /** @param caFingerprint SHA-256 of the CA certificate, hex */
    public SystemService(String version, String caFingerprint, InstantSource clock) {
        this.version = version;
        this.caFingerprint = caFingerprint;
        this.clock = clock;
    }

    @Override
    public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> call) {
        Calls.answer(call, () -> GetVersionResponse.newBuilder()
                .setVersion(version)
                .setServerTime(Times.timestamp(clock.instant()))
                .setCaFingerprint(caFingerprint)
                .build());
    }
}
