package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.notify.TrialMessage;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.UnknownTeamException;
import dev.drydock.controller.team.WebhookSecret;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.DeleteTeamRequest;
import dev.drydock.proto.v1.DeleteTeamResponse;
import dev.drydock.proto.v1.GetTeamRequest;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceImplBase;
import dev.drydock.proto.v1.TestTeamRequest;
import dev.drydock.proto.v1.TestTeamResponse;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Teams: who owns hosts. */
public final class TeamService extends TeamServiceImplBase {
    private final Teams teams;
    private final HostDirectory hosts;
    private final NotificationStore notifications;
    private final Outbox outbox;
    private final TeamMapper mapper;
    private final InstantSource clock;

    /** @param mail whether the controller knows a mail server */
    public TeamService(
            Teams teams,
            HostDirectory hosts,
            NotificationStore notifications,
            Outbox outbox,
            boolean mail,
            InstantSource clock) {
        this.teams = teams;
        this.hosts = hosts;
        this.notifications = notifications;
        this.outbox = outbox;
        this.mapper = new TeamMapper(mail);
        this.clock = clock;
    }

    @Override
    public void createTeam(CreateTeamRequest request, StreamObserver<CreateTeamResponse> call) {
        Calls.answer(call, () -> {
            TeamDraft draft = TeamMapper.draft(request);
            Teams.Made made = request.getValidateOnly() ? teams.check(draft) : teams.create(draft);
            return CreateTeamResponse.newBuilder()
                    .setTeam(mapper.message(made.team()))
                    .setWebhookSecretMade(made.secret().isPresent())
                    .setWebhookSecret(
                            request.getValidateOnly()
                                    ? ""
                                    : made.secret().map(WebhookSecret::text).orElse(""))
                    .build();
        });
    }

    @Override
    public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> call) {
        Calls.answer(call, () -> ListTeamsResponse.newBuilder()
                .addAllTeams(seen().map(mapper::message).toList())
                .build());
    }

    @Override
    public void getTeam(GetTeamRequest request, StreamObserver<Team> call) {
        Calls.answer(
                call,
                () -> known(request.getName(), () -> {
                    dev.drydock.controller.team.Team team = teams.find(request.getName());
                    List<String> owned = owned(team).toList();
                    if (owned.isEmpty() && !Sight.of(hosts).whole()) {
                        throw new UnknownTeamException(request.getName());
                    }
                    return mapper.message(team).toBuilder()
                            .addAllOwnedHosts(owned)
                            .build();
                }));
    }

    @Override
    public void deleteTeam(DeleteTeamRequest request, StreamObserver<DeleteTeamResponse> call) {
        Calls.answer(
                call,
                () -> known(request.getName(), () -> {
                    teams.delete(request.getName(), request.getEtag());
                    notifications.giveUp(request.getName(), "the team was deleted");
                    return DeleteTeamResponse.getDefaultInstance();
                }));
    }

    @Override
    public void testTeam(TestTeamRequest request, StreamObserver<TestTeamResponse> call) {
        Calls.answer(
                call,
                () -> known(request.getName(), () -> {
                    dev.drydock.controller.team.Team team = teams.find(request.getName());
                    if (!team.wants(Severity.CRITICAL)) {
                        throw Refusals.refused("Team " + team.name() + " has no address, no webhook and no chat.");
                    }
                    Message trial = TrialMessage.to(team, Caller.name(), clock.instant());
                    return TestTeamResponse.newBuilder()
                            .addAllNotifications(outbox.put(team, trial).stream()
                                    .map(one -> NotificationMapper.brief(one, teams))
                                    .toList())
                            .build();
                }));
    }

    /** Who does not see the whole fleet sees the teams of its own hosts. */
    private Stream<dev.drydock.controller.team.Team> seen() {
        boolean all = Sight.of(hosts).whole();
        return teams.all().stream().filter(team -> all || owned(team).findAny().isPresent());
    }

    private Stream<String> owned(dev.drydock.controller.team.Team team) {
        return hosts.all().stream()
                .map(HostView::facts)
                .filter(Caller.views())
                .filter(Teams.owned(team))
                .map(dev.drydock.proto.facts.v1.Host::getName);
    }

    /** Suggests the nearest name where there is none of this one. */
    private <T> T known(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnknownTeamException e) {
            List<String> names =
                    seen().map(dev.drydock.controller.team.Team::name).toList();
            throw Refusals.notFound("team", name, names);
        }
    }
}
