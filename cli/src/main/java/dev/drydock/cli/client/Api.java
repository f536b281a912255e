package dev.drydock.cli.client;

import dev.drydock.proto.v1.AccessServiceGrpc;
import dev.drydock.proto.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.drydock.proto.v1.AccountServiceGrpc;
import dev.drydock.proto.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import dev.drydock.proto.v1.ArtifactServiceGrpc;
import dev.drydock.proto.v1.ArtifactServiceGrpc.ArtifactServiceBlockingStub;
import dev.drydock.proto.v1.ArtifactServiceGrpc.ArtifactServiceStub;
import dev.drydock.proto.v1.AssessmentServiceGrpc;
import dev.drydock.proto.v1.AssessmentServiceGrpc.AssessmentServiceBlockingStub;
import dev.drydock.proto.v1.AuditServiceGrpc;
import dev.drydock.proto.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.drydock.proto.v1.CalendarServiceGrpc;
import dev.drydock.proto.v1.CalendarServiceGrpc.CalendarServiceBlockingStub;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.ContractServiceGrpc.ContractServiceBlockingStub;
import dev.drydock.proto.v1.ControllerServiceGrpc;
import dev.drydock.proto.v1.ControllerServiceGrpc.ControllerServiceBlockingStub;
import dev.drydock.proto.v1.DiagnosisServiceGrpc;
import dev.drydock.proto.v1.DiagnosisServiceGrpc.DiagnosisServiceBlockingStub;
import dev.drydock.proto.v1.ExplanationServiceGrpc;
import dev.drydock.proto.v1.ExplanationServiceGrpc.ExplanationServiceBlockingStub;
import dev.drydock.proto.v1.FeedServiceGrpc;
import dev.drydock.proto.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import dev.drydock.proto.v1.FeedServiceGrpc.FeedServiceStub;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceBlockingStub;
import dev.drydock.proto.v1.IncidentServiceGrpc;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceBlockingStub;
import dev.drydock.proto.v1.NotificationServiceGrpc;
import dev.drydock.proto.v1.NotificationServiceGrpc.NotificationServiceBlockingStub;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PlaybookServiceGrpc.PlaybookServiceBlockingStub;
import dev.drydock.proto.v1.PolicyServiceGrpc;
import dev.drydock.proto.v1.PolicyServiceGrpc.PolicyServiceBlockingStub;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc.ReportScheduleServiceBlockingStub;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceBlockingStub;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceBlockingStub;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceStub;
import dev.drydock.proto.v1.RunServiceGrpc;
import dev.drydock.proto.v1.RunServiceGrpc.RunServiceBlockingStub;
import dev.drydock.proto.v1.SimulationServiceGrpc;
import dev.drydock.proto.v1.SimulationServiceGrpc.SimulationServiceBlockingStub;
import dev.drydock.proto.v1.SystemServiceGrpc;
import dev.drydock.proto.v1.SystemServiceGrpc.SystemServiceBlockingStub;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceBlockingStub;
import dev.drydock.proto.v1.TokenServiceGrpc;
import dev.drydock.proto.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.drydock.proto.v1.UserServiceGrpc;
import dev.drydock.proto.v1.UserServiceGrpc.UserServiceBlockingStub;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc.VulnerabilityServiceBlockingStub;
import dev.drydock.proto.v1.WaiverServiceGrpc;
import dev.drydock.proto.v1.WaiverServiceGrpc.WaiverServiceBlockingStub;
import dev.drydock.proto.v1.WindowServiceGrpc;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** The management plane's services with the bearer token on every call. Calls that are not streams give up after a minute. */
public final class Api implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int PATIENCE_SECONDS = 60;

    private final ManagedChannel channel;
    private final Target target;

    public Api(ManagedChannel channel, Target target) {
        this.channel = channel;
        this.target = target;
    }

    public Target target() {
        return target;
    }

    public SystemServiceBlockingStub system() {
        return soon(SystemServiceGrpc.newBlockingStub(channel));
    }

    public ControllerServiceBlockingStub controllers() {
        return soon(ControllerServiceGrpc.newBlockingStub(channel));
    }

    public UserServiceBlockingStub users() {
        return soon(UserServiceGrpc.newBlockingStub(channel));
    }

    public AccessServiceBlockingStub access() {
        return soon(AccessServiceGrpc.newBlockingStub(channel));
    }

    public AccountServiceBlockingStub account() {
        return soon(AccountServiceGrpc.newBlockingStub(channel));
    }

    public TokenServiceBlockingStub tokens() {
        return soon(TokenServiceGrpc.newBlockingStub(channel));
    }

    public HostServiceBlockingStub hosts() {
        return soon(HostServiceGrpc.newBlockingStub(channel));
    }

    public PlaybookServiceBlockingStub playbooks() {
        return soon(PlaybookServiceGrpc.newBlockingStub(channel));
    }

    public ArtifactServiceBlockingStub artifacts() {
        return soon(ArtifactServiceGrpc.newBlockingStub(channel));
    }

    /** For sending files: no limit of time. */
    public ArtifactServiceStub pushing() {
        return authorised(ArtifactServiceGrpc.newStub(channel));
    }

    public WindowServiceBlockingStub windows() {
        return soon(WindowServiceGrpc.newBlockingStub(channel));
    }

    public CalendarServiceBlockingStub calendars() {
        return soon(CalendarServiceGrpc.newBlockingStub(channel));
    }

    public TeamServiceBlockingStub teams() {
        return soon(TeamServiceGrpc.newBlockingStub(channel));
    }

    public ReportScheduleServiceBlockingStub reportSchedules() {
        return soon(ReportScheduleServiceGrpc.newBlockingStub(channel));
    }

    public NotificationServiceBlockingStub notifications() {
        return soon(NotificationServiceGrpc.newBlockingStub(channel));
    }

    public ContractServiceBlockingStub contracts() {
        return soon(ContractServiceGrpc.newBlockingStub(channel));
    }

    public IncidentServiceBlockingStub incidents() {
        return soon(IncidentServiceGrpc.newBlockingStub(channel));
    }

    public RolloutServiceBlockingStub rollouts() {
        return soon(RolloutServiceGrpc.newBlockingStub(channel));
    }

    /** For watching: no limit of time. */
    public RolloutServiceStub watching() {
        return authorised(RolloutServiceGrpc.newStub(channel));
    }

    public RunServiceBlockingStub runs() {
        return soon(RunServiceGrpc.newBlockingStub(channel));
    }

    /** For following a run's output: no limit of time. */
    public RunServiceBlockingStub following() {
        return authorised(RunServiceGrpc.newBlockingStub(channel));
    }

    /** Lets the next call connect at once, however long ago the last attempt failed. */
    public void connectAnew() {
        channel.resetConnectBackoff();
    }

    public ExplanationServiceBlockingStub explanations() {
        return soon(ExplanationServiceGrpc.newBlockingStub(channel));
    }

    public DiagnosisServiceBlockingStub diagnoses() {
        return soon(DiagnosisServiceGrpc.newBlockingStub(channel));
    }

    public ReportServiceBlockingStub reports() {
        return soon(ReportServiceGrpc.newBlockingStub(channel));
    }

    public PolicyServiceBlockingStub policies() {
        return soon(PolicyServiceGrpc.newBlockingStub(channel));
    }

    public WaiverServiceBlockingStub waivers() {
        return soon(WaiverServiceGrpc.newBlockingStub(channel));
    }

    public VulnerabilityServiceBlockingStub vulnerabilities() {
        return soon(VulnerabilityServiceGrpc.newBlockingStub(channel));
    }

    public FeedServiceBlockingStub feeds() {
        return soon(FeedServiceGrpc.newBlockingStub(channel));
    }

    /** For sending feeds: no limit of time. */
    public FeedServiceStub importing() {
        return authorised(FeedServiceGrpc.newStub(channel));
    }

    /** No limit of time: it is as long as the scenario is large. */
    public SimulationServiceBlockingStub simulations() {
        return authorised(SimulationServiceGrpc.newBlockingStub(channel));
    }

    public AssessmentServiceBlockingStub assessments() {
        return soon(AssessmentServiceGrpc.newBlockingStub(channel));
    }

    public AuditServiceBlockingStub audit() {
        return soon(AuditServiceGrpc.newBlockingStub(channel));
    }

    /** For exports: no limit of time. */
    public AuditServiceBlockingStub auditExport() {
        return authorised(AuditServiceGrpc.newBlockingStub(channel));
    }

    private <S extends AbstractStub<S>> S soon(S stub) {
        return authorised(stub).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private <S extends AbstractStub<S>> S authorised(S stub) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + target.token());
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
