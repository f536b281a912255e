package dev.drydock.cli.client;

import dev.drydock.cli.CliException;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.ListAssessmentsRequest;
import dev.drydock.proto.v1.ListAssessmentsResponse;
import dev.drydock.proto.v1.RecordAssessmentRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Hosts without an agent, as the controller keeps them. */
public final class Agentless {
    private Agentless() {}

    /** All pages. */
    public static ListAssessmentsResponse all(Api api, String filter) {
        return Pages.all(
                ListAssessmentsRequest.newBuilder().setFilter(filter).build(),
                api.assessments()::listAssessments,
                ListAssessmentsResponse::getNextPageToken);
    }

    /** None where the controller is too old to know of such hosts. */
    public static ListAssessmentsResponse known(Api api, String filter) {
        try {
            return all(api, filter);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return ListAssessmentsResponse.getDefaultInstance();
            }
            throw e;
        }
    }

    /** Why the controller does not keep it; empty: it does. */
    public static Optional<CliException> record(Api api, Host facts, String address) {
        try {
            var unused = api.assessments()
                    .recordAssessment(RecordAssessmentRequest.newBuilder()
                            .setFacts(facts)
                            .setAddress(address)
                            .build());
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(RpcErrors.explain(e, Optional.of(api.target())));
        }
    }
}
