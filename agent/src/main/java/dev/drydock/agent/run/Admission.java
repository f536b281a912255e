package dev.drydock.agent.run;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.policy.HostPolicy;
import dev.drydock.agent.policy.InvalidPolicyException;
import dev.drydock.agent.policy.PolicyFile;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.expr.InvalidParamsException;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.model.Step;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.playbooks.sign.VerifiedPlaybook;
import dev.drydock.proto.agent.v1.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Judges whether a playbook may run on this host: who signed it, whether it is the one that was named, whether it is for this
 * host and whether the host's own policy allows it. The policy file is read at each call. Safe for use by several threads.
 */
final class Admission {
    private final Catalog catalog;
    private final Supplier<List<PublicSigner>> signers;
    private final HostFacts facts;
    private final PolicyFile policy;

    Admission(Catalog catalog, Supplier<List<PublicSigner>> signers, HostFacts facts, PolicyFile policy) {
        this.catalog = catalog;
        this.signers = signers;
        this.facts = facts;
        this.policy = policy;
    }

    /** For an offer: everything but its time. */
    Verdict judge(Offer offer, byte[] envelope) throws InterruptedException {
        return judge(new Request(
                offer.getPlaybookDigest(),
                offer.getParamsMap(),
                Optional.of(new Target(offer.getLabelsMap(), offer.getWindowName())),
                envelope));
    }

    /** For a plan, which comes without labels and window, so that neither is judged. */
    Verdict judgePlan(String digest, Map<String, String> params, byte[] envelope) throws InterruptedException {
        return judge(new Request(digest, params, Optional.empty(), envelope));
    }

    private record Target(Map<String, String> labels, String window) {}

    private record Request(String digest, Map<String, String> params, Optional<Target> target, byte[] envelope) {
        Map<String, String> labels() {
            return target.map(Target::labels).orElse(Map.of());
        }
    }

    private Verdict judge(Request request) throws InterruptedException {
        VerifiedPlaybook verified;
        HostPolicy allowed;
        try {
            verified = Envelope.read(request.envelope()).verify(signers.get());
            allowed = policy.read();
        } catch (SignatureRefusedException e) {
            boolean signed = e.reason() == SignatureRefusedException.Reason.INVALID_PLAYBOOK;
            return refused(signed ? RefusalCode.INVALID_PLAYBOOK : RefusalCode.SIGNATURE, e);
        } catch (InvalidPolicyException e) {
            return new Verdict.Refused(
                    RefusalCode.POLICY, "nothing is allowed while the host's policy is broken: " + e.getMessage());
        }
        if (!verified.digest().equals(request.digest())) {
            return new Verdict.Refused(
                    RefusalCode.DIGEST,
                    "the offer names the playbook " + request.digest() + ", what came is " + verified.digest());
        }
        List<String> objections = new ArrayList<>(allowed.objections(
                actions(verified.playbook()), verified.signer().keyId()));
        request.target()
                .flatMap(target -> allowed.windowObjection(target.window()))
                .ifPresent(objections::add);
        if (!objections.isEmpty()) {
            return new Verdict.Refused(RefusalCode.POLICY, String.join("; ", objections));
        }
        return admit(request, verified.playbook(), allowed.maxRunDuration());
    }

    private Verdict admit(Request request, Playbook playbook, Optional<Duration> maxRunDuration)
            throws InterruptedException {
        try {
            HostExpressions expressions = HostExpressions.of(playbook, request.params(), request.labels(), facts);
            Optional<String> filter = request.target().isPresent() ? playbook.hosts() : Optional.empty();
            Optional<String> unfit = filter.isPresent() ? unfit(expressions, filter.get()) : Optional.empty();
            if (unfit.isPresent()) {
                return new Verdict.Refused(RefusalCode.HOST_FILTER, unfit.get());
            }
            return new Verdict.Admitted(Program.bind(playbook, catalog, expressions), maxRunDuration);
        } catch (InvalidParamsException e) {
            return refused(RefusalCode.PARAMS, e);
        } catch (UnusablePlaybookException e) {
            return refused(RefusalCode.INVALID_PLAYBOOK, e);
        }
    }

    private static Optional<String> unfit(HostExpressions expressions, String filter) throws InterruptedException {
        try {
            return expressions.selects(filter)
                    ? Optional.empty()
                    : Optional.of("the playbook is not for this host: hosts: " + filter);
        } catch (IllegalArgumentException e) {
            return Optional.of("hosts: " + filter + " has no answer on this host: " + e.getMessage());
        }
    }

    private static Verdict.Refused refused(RefusalCode code, Exception e) {
        return new Verdict.Refused(code, String.valueOf(e.getMessage()));
    }

    private static List<String> actions(Playbook playbook) {
        return Stream.of(playbook.preflight(), playbook.steps(), playbook.verify())
                .flatMap(List::stream)
                .flatMap(step -> Stream.concat(Stream.of(step), step.verify().stream()))
                .map(Step::action)
                .toList();
    }

    /**
     * Makes the playbook of a run that has started ready again. It was judged before the start, and the digest in the journal
     * is its proof: a run that has changed the host is carried to its end, also when its signer or the policy has gone since.
     *
     * @param envelope as kept with the run
     * @throws UnusablePlaybookException when it is not that playbook, or this agent can no longer carry it out
     */
    Program bindAgain(Offer offer, byte[] envelope) throws UnusablePlaybookException, InterruptedException {
        try {
            byte[] canonical = Envelope.read(envelope).unverifiedPayload();
            String digest = CanonicalForm.digest(canonical);
            if (!digest.equals(offer.getPlaybookDigest())) {
                throw new UnusablePlaybookException(
                        List.of("the kept playbook is " + digest + ", the run's is " + offer.getPlaybookDigest()));
            }
            Playbook playbook = CanonicalForm.read(canonical);
            return Program.bind(
                    playbook, catalog, HostExpressions.of(playbook, offer.getParamsMap(), offer.getLabelsMap(), facts));
        } catch (SignatureRefusedException | InvalidPlaybookException | InvalidParamsException e) {
            throw new UnusablePlaybookException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** The host's own limit as it is now; a policy that cannot be read must not stop a run that has started. */
    Optional<Duration> maxRunDuration() {
        try {
            return policy.read().maxRunDuration();
        } catch (InvalidPolicyException e) {
            return Optional.empty();
        }
    }
}
