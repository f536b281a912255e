package dev.drydock.controller.api;

import dev.drydock.controller.assessment.Assessments;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.Assessment;
import dev.drydock.proto.v1.AssessmentServiceGrpc.AssessmentServiceImplBase;
import dev.drydock.proto.v1.DeleteAssessmentRequest;
import dev.drydock.proto.v1.DeleteAssessmentResponse;
import dev.drydock.proto.v1.ListAssessmentsRequest;
import dev.drydock.proto.v1.ListAssessmentsResponse;
import dev.drydock.proto.v1.RecordAssessmentRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Predicate;

/** Hosts without an agent, as somebody looked at them. */
public final class AssessmentService extends AssessmentServiceImplBase {
    private final Assessments assessments;

    public AssessmentService(Assessments assessments) {
        this.assessments = assessments;
    }

    @Override
    public void recordAssessment(RecordAssessmentRequest request, StreamObserver<Assessment> call) {
        Calls.answer(call, () -> {
            List<String> problems = assessments.problems(request.getFacts(), request.getAddress());
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            assessments.refusal(request.getFacts().getName()).ifPresent(why -> {
                throw Refusals.refused(why);
            });
            return message(assessments.record(request.getFacts(), request.getAddress(), Caller.name()));
        });
    }

    @Override
    public void listAssessments(ListAssessmentsRequest request, StreamObserver<ListAssessmentsResponse> call) {
        Calls.answer(call, () -> {
            Predicate<Host> wanted = Caller.views().and(Selection.of(request.getFilter()));
            Pages.Page<dev.drydock.controller.assessment.Assessment> page = Pages.of(
                            request.getPageSize(),
                            Pages.LARGEST,
                            request.getPageToken(),
                            "assessments",
                            request.getFilter())
                    .of(
                            assessments.all().stream()
                                    .filter(seen -> wanted.test(seen.facts()))
                                    .toList(),
                            dev.drydock.controller.assessment.Assessment::name);
            return ListAssessmentsResponse.newBuilder()
                    .addAllAssessments(page.items().stream().map(this::message).toList())
                    .setNextPageToken(page.next())
                    .build();
        });
    }

    @Override
    public void deleteAssessment(DeleteAssessmentRequest request, StreamObserver<DeleteAssessmentResponse> call) {
        Calls.answer(call, () -> {
            if (!assessments.forget(request.getName())) {
                throw Refusals.notFound(
                        "host without an agent",
                        request.getName(),
                        assessments.all().stream()
                                .map(dev.drydock.controller.assessment.Assessment::name)
                                .toList());
            }
            return DeleteAssessmentResponse.getDefaultInstance();
        });
    }

    private Assessment message(dev.drydock.controller.assessment.Assessment seen) {
        return Assessment.newBuilder()
                .setFacts(seen.facts())
                .setAddress(seen.address())
                .setSeenAt(Times.timestamp(seen.seenAt()))
                .setSeenBy(seen.seenBy())
                .setStale(assessments.stale(seen))
                .build();
    }
}
