package dev.drydock.controller.api;

import dev.drydock.controller.policy.PolicyDocument;
import dev.drydock.controller.policy.PolicyLibrary;
import dev.drydock.controller.policy.PushedPolicy;
import dev.drydock.proto.v1.GetPolicyRequest;
import dev.drydock.proto.v1.ListPoliciesRequest;
import dev.drydock.proto.v1.ListPoliciesResponse;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PolicyServiceGrpc.PolicyServiceImplBase;
import dev.drydock.proto.v1.PushPolicyRequest;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Policies: what is expected of hosts. */
public final class PolicyService extends PolicyServiceImplBase {
    private final PolicyLibrary library;

    public PolicyService(PolicyLibrary library) {
        this.library = library;
    }

    @Override
    public void pushPolicy(PushPolicyRequest request, StreamObserver<Policy> call) {
        Calls.answer(call, () -> {
            if (request.getSource().isBlank()) {
                throw Refusals.invalid(List.of("source: is empty; send the policy's YAML"));
            }
            return message(library.push(request.getSource(), Caller.name())).build();
        });
    }

    @Override
    public void listPolicies(ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> call) {
        Calls.answer(call, () -> {
            List<PushedPolicy> found =
                    request.getName().isEmpty() ? library.newest() : library.versions(request.getName());
            return ListPoliciesResponse.newBuilder()
                    .addAllPolicies(found.stream()
                            .map(policy -> message(policy).build())
                            .toList())
                    .build();
        });
    }

    @Override
    public void getPolicy(GetPolicyRequest request, StreamObserver<Policy> call) {
        Calls.answer(call, () -> {
            PolicyDocument document = Refusals.checked(() -> library.get(request.getReference()));
            return message(document.policy()).setSource(document.source()).build();
        });
    }

    private static Policy.Builder message(PushedPolicy policy) {
        Policy.Builder message = Policy.newBuilder()
                .setName(policy.name())
                .setVersion(policy.version())
                .setDigest(policy.digest())
                .setDescription(policy.description())
                .setPushedBy(policy.pushedBy());
        Times.timestamp(Optional.of(policy.pushedAt()).filter(at -> !at.equals(Instant.EPOCH)), message::setPushedAt);
        return message;
    }
}
