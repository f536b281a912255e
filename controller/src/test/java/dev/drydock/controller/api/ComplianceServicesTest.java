package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.drydock.controller.policy.Policies;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.v1.AffectedHost;
import dev.drydock.proto.v1.ApproveWaiverRequest;
import dev.drydock.proto.v1.CreateWaiverRequest;
import dev.drydock.proto.v1.DeleteFeedRequest;
import dev.drydock.proto.v1.Feed;
import dev.drydock.proto.v1.FeedHead;
import dev.drydock.proto.v1.FeedServiceGrpc;
import dev.drydock.proto.v1.Finding;
import dev.drydock.proto.v1.GetPolicyRequest;
import dev.drydock.proto.v1.GetVulnerabilityRequest;
import dev.drydock.proto.v1.GetWaiverRequest;
import dev.drydock.proto.v1.ImportFeedRequest;
import dev.drydock.proto.v1.ListFeedsRequest;
import dev.drydock.proto.v1.ListFindingsRequest;
import dev.drydock.proto.v1.ListPoliciesRequest;
import dev.drydock.proto.v1.ListVulnerabilitiesRequest;
import dev.drydock.proto.v1.ListWaiversRequest;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PolicyServiceGrpc;
import dev.drydock.proto.v1.PushPolicyRequest;
import dev.drydock.proto.v1.RevokeWaiverRequest;
import dev.drydock.proto.v1.Vulnerability;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverServiceGrpc;
import dev.drydock.proto.v1.WaiverState;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComplianceServicesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/feeds");

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private JudgingServices judging;
    private TestServer server;
    private PolicyServiceGrpc.PolicyServiceBlockingStub policies;
    private WaiverServiceGrpc.WaiverServiceBlockingStub waivers;
    private VulnerabilityServiceGrpc.VulnerabilityServiceBlockingStub vulnerabilities;
    private FeedServiceGrpc.FeedServiceBlockingStub feeds;

    @BeforeEach
    void start() throws Exception {
        for (String name : new String[] {"web-01", "web-02"}) {
            hosts.add("h-" + name, name, "web");
            hosts.pending(name, "libc6", FakeHosts.NOON.minus(Duration.ofDays(40)));
            hosts.facts(name, facts -> {
                PendingUpdate update = facts.getPackages().getPending(0).toBuilder()
                        .setSource("glibc")
                        .setInstalledVersion("2.36-9+deb12u2")
                        .setAvailableVersion("2.36-9+deb12u3")
                        .build();
                return facts.toBuilder()
                        .setOs(Os.newBuilder()
                                .setFamily("debian")
                                .setId("debian")
                                .setVersion("12")
                                .setCodename("bookworm"))
                        .setPackages(facts.getPackages().toBuilder().setPending(0, update))
                        .build();
            });
        }
        List<JudgingServices> made = new ArrayList<>();
        server = new TestServer(directory, test -> {
            JudgingServices parts = new JudgingServices(test.store(), hosts, directory.resolve("feeds"));
            made.add(parts);
            return parts.services();
        });
        judging = made.getFirst();
        policies = server.client(PolicyServiceGrpc::newBlockingStub);
        waivers = server.client(WaiverServiceGrpc::newBlockingStub);
        vulnerabilities = server.client(VulnerabilityServiceGrpc::newBlockingStub);
        feeds = server.client(FeedServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** One import, to its end. */
    private final class Import implements StreamObserver<Feed> {
        private volatile @Nullable Feed feed;
        private volatile @Nullable Throwable failure;
        private volatile boolean done;

        private Import(String source, byte[]... pieces) {
            StreamObserver<ImportFeedRequest> out =
                    server.client(FeedServiceGrpc::newStub).importFeed(this);
            out.onNext(ImportFeedRequest.newBuilder()
                    .setHead(FeedHead.newBuilder().setSource(source))
                    .build());
            for (byte[] piece : pieces) {
                out.onNext(ImportFeedRequest.newBuilder()
                        .setData(ByteString.copyFrom(piece))
                        .build());
            }
            out.onCompleted();
            await().until(() -> done);
        }

        @Override
        public void onNext(Feed answer) {
            feed = answer;
        }

        @Override
        public void onError(Throwable why) {
            failure = why;
            done = true;
        }

        @Override
        public void onCompleted() {
            done = true;
        }
    }

    private Import load(String file) throws IOException {
        byte[] content = Files.readAllBytes(SAMPLES.resolve(file));
        byte[] first = Arrays.copyOf(content, 100);
        return new Import(file.replace(".json", ""), first, Arrays.copyOfRange(content, 100, content.length));
    }

    @Test
    void aFeedComesInPiecesAndIsToldOf() throws Exception {
        Feed feed = load("osv-glibc.json").feed;
        assertThat(feed).isNotNull();
        assertThat(feed.getKind()).isEqualTo("osv");
        assertThat(feed.getEntries()).isEqualTo(2);
        assertThat(feed.getImportedBy()).isEqualTo("admin");
        assertThat(feed.getDigest()).hasSize(64);
        assertThat(feeds.listFeeds(ListFeedsRequest.getDefaultInstance()).getFeedsList())
                .containsExactly(feed);
        try (Stream<Path> left = Files.list(directory.resolve("feeds"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeReadIsRefused() {
        Throwable failure = new Import("kev", "{\"catalogVersion\": 1, ".getBytes(StandardCharsets.UTF_8)).failure;
        assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure).hasMessageContaining("not valid JSON");
        assertThat(Status.fromThrowable(new Import("Bad Name", new byte[] {'{', '}'}).failure)
                        .getDescription())
                .startsWith("source: 'Bad Name'");
        assertFails(
                Status.Code.NOT_FOUND,
                () -> feeds.deleteFeed(
                        DeleteFeedRequest.newBuilder().setSource("kev").build()));
    }

    @Test
    void whichHostsHaveAVulnerability() throws Exception {
        load("osv-glibc.json");
        load("kev.json");
        Vulnerability one = vulnerabilities
                .listVulnerabilities(ListVulnerabilitiesRequest.newBuilder()
                        .setExploited(true)
                        .setAtLeast(VulnerabilitySeverity.VULNERABILITY_HIGH)
                        .build())
                .getVulnerabilities(0);
        assertThat(one.getCve()).isEqualTo("CVE-2023-4911");
        assertThat(one.getHosts()).isEqualTo(2);
        assertThat(one.getPackagesList()).containsExactly("libc6");
        assertThat(vulnerabilities
                        .listVulnerabilities(ListVulnerabilitiesRequest.newBuilder()
                                .setAtLeast(VulnerabilitySeverity.VULNERABILITY_CRITICAL)
                                .build())
                        .getTotal())
                .isZero();

        waive("host.name == 'web-02'");
        Vulnerability whole = vulnerabilities.getVulnerability(
                GetVulnerabilityRequest.newBuilder().setCve("CVE-2023-4911").build());
        assertThat(whole.getAffectedList())
                .extracting(AffectedHost::getHost, AffectedHost::getWaiver)
                .containsExactly(tuple("web-01", ""), tuple("web-02", "libc"));
        assertThat(whole.getFixesList()).hasSize(2);
        assertFails(
                Status.Code.NOT_FOUND,
                () -> vulnerabilities.getVulnerability(GetVulnerabilityRequest.newBuilder()
                        .setCve("CVE-1999-0001")
                        .build()));
    }

    private void waive(String selector) {
        waivers.createWaiver(asked(selector).build());
        judging.waivers.approve("libc", "anna");
    }

    private static CreateWaiverRequest.Builder asked(String selector) {
        return CreateWaiverRequest.newBuilder()
                .setName("libc")
                .setCve("CVE-2023-4911")
                .setHosts(selector)
                .setReason("no local users there")
                .setExpiresAt(Times.timestamp(FakeHosts.NOON.plus(Duration.ofDays(30))));
    }

    @Test
    void theHistoryOfAHost() throws Exception {
        load("osv-glibc.json");
        assertThat(vulnerabilities
                        .listFindings(ListFindingsRequest.newBuilder()
                                .setHost("web-01")
                                .build())
                        .getFindingsList())
                .extracting(Finding::getKind, Finding::getSubject, Finding::hasResolvedAt)
                .containsExactlyInAnyOrder(
                        tuple("vulnerability", "CVE-2023-4911", false), tuple("update", "libc6", false));
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> vulnerabilities.listFindings(ListFindingsRequest.newBuilder()
                                .setHost("web-1")
                                .build()))
                .hasMessageContaining("Did you mean web-01?");
    }

    @Test
    void whoAsksForAWaiverCannotApproveIt() {
        Waiver asked = waivers.createWaiver(asked("true").build());
        assertThat(asked.getState()).isEqualTo(WaiverState.WAIVER_ASKED);
        assertThat(asked.getAskedBy()).isEqualTo("admin");
        assertFails(
                Status.Code.FAILED_PRECONDITION,
                () -> waivers.approveWaiver(
                        ApproveWaiverRequest.newBuilder().setName("libc").build()));
        judging.waivers.approve("libc", "anna");
        Waiver standing =
                waivers.getWaiver(GetWaiverRequest.newBuilder().setName("libc").build());
        assertThat(standing.getState()).isEqualTo(WaiverState.WAIVER_STANDING);
        assertThat(standing.getApprovedBy()).isEqualTo("anna");
        assertThat(waivers.revokeWaiver(
                                RevokeWaiverRequest.newBuilder().setName("libc").build())
                        .getRevokedBy())
                .isEqualTo("admin");
        assertThat(waivers.listWaivers(ListWaiversRequest.newBuilder()
                                .setState(WaiverState.WAIVER_STANDING)
                                .build())
                        .getWaiversList())
                .isEmpty();
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> waivers.getWaiver(
                                GetWaiverRequest.newBuilder().setName("libk").build()))
                .hasMessageContaining("Did you mean libc?");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> waivers.createWaiver(
                                CreateWaiverRequest.newBuilder().setName("w").build()))
                .hasMessageContaining("rule, cve, package: none is given")
                .hasMessageContaining("hosts: missing")
                .hasMessageContaining("reason: ''")
                .hasMessageContaining("expires_at:");
    }

    @Test
    void policiesAreVersioned() {
        String yaml = Policies.yaml("web", "true", "u", "securityUpdates: {olderThan: 30d}");
        Policy pushed = policies.pushPolicy(
                PushPolicyRequest.newBuilder().setSource(yaml).build());
        assertThat(pushed.getVersion()).isEqualTo(1);
        assertThat(pushed.getPushedBy()).isEqualTo("admin");
        assertThat(policies.listPolicies(ListPoliciesRequest.getDefaultInstance())
                        .getPoliciesList())
                .extracting(Policy::getName)
                .containsExactly("web", "drydock-default");
        assertThat(policies.getPolicy(GetPolicyRequest.newBuilder()
                                .setReference("web@1")
                                .build())
                        .getSource())
                .isEqualTo(yaml);
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> policies.pushPolicy(PushPolicyRequest.newBuilder()
                                .setSource(yaml.replace("securityUpdates", "securityUpdate"))
                                .build()))
                .hasMessageContaining("did you mean securityUpdates?");
        assertFails(
                Status.Code.NOT_FOUND,
                () -> policies.getPolicy(
                        GetPolicyRequest.newBuilder().setReference("webb").build()));
    }
}
