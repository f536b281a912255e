package dev.drydock.cli.declare;

import com.google.protobuf.ByteString;
import dev.drydock.cli.CliException;
import dev.drydock.cli.client.Api;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.policy.PolicyReader;
import dev.drydock.proto.v1.GetPolicyRequest;
import dev.drydock.proto.v1.ListPoliciesRequest;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PushPolicyRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Policies of compliance. The newest version of each counts, so that a file is compared with that alone. */
final class PolicyKind implements Kind {
    static final String WORD = "Policy";

    private static final String BUILT_IN = "built in";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "policies";
    }

    @Override
    public Differing differing() {
        return Differing.NEXT_VERSION;
    }

    /** Reports and waivers name their versions. */
    @Override
    public boolean prunable() {
        return false;
    }

    @Override
    public boolean readsWhole() {
        return true;
    }

    @Override
    public Optional<Declared> read(Reading reading) {
        Source source = reading.source();
        try {
            var policy = PolicyReader.read(source.file(), source.placed());
            return Optional.of(new Declared(
                    this,
                    policy.name(),
                    source.file(),
                    PlaybookKind.name(reading.root()),
                    PolicyReader.tree(policy),
                    List.of(),
                    new Made(source)));
        } catch (InvalidPlaybookException e) {
            e.problems().forEach(problem -> reading.problems()
                    .add(
                            new Position(problem.line(), problem.column()),
                            problem.path(),
                            problem.message(),
                            problem.suggestion()));
            return Optional.empty();
        }
    }

    private record Made(Source source) implements Declared.Making {
        @Override
        public Finding check(Api api, Optional<Present> present) {
            return present.filter(there -> there.state().equals(BUILT_IN))
                    .map(there -> Finding.refused(
                            "metadata.name: '" + there.name() + "' is the name of the built-in policy; choose another"))
                    .orElse(Finding.NOTHING);
        }

        @Override
        public void make(Api api, Optional<Present> present) {
            Policy unused = api.policies()
                    .pushPolicy(PushPolicyRequest.newBuilder()
                            .setSourceBytes(ByteString.copyFrom(source.content()))
                            .build());
        }
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        Set<String> names = declared.stream().map(Declared::name).collect(Collectors.toSet());
        List<Present> present = new ArrayList<>();
        for (Policy newest : newest(api)) {
            present.add(new Present(
                    this,
                    newest.getName(),
                    names.contains(newest.getName()) ? tree(newest, source(api, newest)) : Map.of(),
                    "",
                    newest.hasPushedAt() ? reference(newest) : BUILT_IN,
                    List.of(),
                    List.of()));
        }
        return present;
    }

    private static List<Policy> newest(Api api) {
        return api.policies()
                .listPolicies(ListPoliciesRequest.getDefaultInstance())
                .getPoliciesList();
    }

    private static String reference(Policy policy) {
        return policy.getName() + "@" + policy.getVersion();
    }

    private static byte[] source(Api api, Policy policy) {
        return api.policies()
                .getPolicy(GetPolicyRequest.newBuilder()
                        .setReference(reference(policy))
                        .build())
                .getSource()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> tree(Policy policy, byte[] source) {
        try {
            return PolicyReader.tree(PolicyReader.read(reference(policy), source));
        } catch (InvalidPlaybookException e) {
            throw CliException.failed(String.valueOf(e.getMessage()), "Compare drydock version with the controller's.");
        }
    }

    @Override
    public void remove(Api api, Present present) {
        throw new IllegalStateException("versions of policies are a record");
    }

    /** Without the built-in one: another controller has its own. */
    @Override
    public Exports export(Api api, boolean inline) {
        List<Policy> pushed = newest(api).stream().filter(Policy::hasPushedAt).toList();
        List<Exported> documents = new ArrayList<>();
        for (Policy policy : pushed) {
            byte[] source = source(api, policy);
            documents.add(new Exported(this, policy.getName(), tree(policy, source), source, Map.of()));
        }
        return new Exports(
                documents,
                pushed.stream().anyMatch(policy -> policy.getVersion() > 1)
                        ? List.of("Not written: versions of policies before the newest. They stay on the controller.")
                        : List.of());
    }
}
