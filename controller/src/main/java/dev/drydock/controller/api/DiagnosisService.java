package dev.drydock.controller.api;

import dev.drydock.controller.diagnosis.Checkup;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.proto.v1.DiagnoseRequest;
import dev.drydock.proto.v1.Diagnosis;
import dev.drydock.proto.v1.DiagnosisFinding;
import dev.drydock.proto.v1.DiagnosisServiceGrpc.DiagnosisServiceImplBase;
import dev.drydock.proto.v1.FindingLevel;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;

/** How the controller and its fleet fare. */
public final class DiagnosisService extends DiagnosisServiceImplBase {
    private static final int NAMED = 20;

    private final Checkup checkup;
    private final String version;
    private final InstantSource clock;

    public DiagnosisService(Checkup checkup, String version, InstantSource clock) {
        this.checkup = checkup;
        this.version = version;
        this.clock = clock;
    }

    @Override
    public void diagnose(DiagnoseRequest request, StreamObserver<Diagnosis> call) {
        Calls.answer(call, () -> Diagnosis.newBuilder()
                .setVersion(version)
                .setAt(Times.timestamp(clock.instant()))
                .addAllFindings(checkup.findings().stream()
                        .map(DiagnosisService::message)
                        .toList())
                .build());
    }

    private static DiagnosisFinding message(Finding finding) {
        return DiagnosisFinding.newBuilder()
                .setLevel(
                        switch (finding.level()) {
                            case FINE -> FindingLevel.FINDING_FINE;
                            case ADVICE -> FindingLevel.FINDING_ADVICE;
                            case TROUBLE -> FindingLevel.FINDING_TROUBLE;
                        })
                .setArea(finding.area())
                .setText(finding.text())
                .addAllNames(finding.names().stream().limit(NAMED).toList())
                .setCount(finding.names().size())
                .setNextStep(finding.nextStep())
                .build();
    }
}
