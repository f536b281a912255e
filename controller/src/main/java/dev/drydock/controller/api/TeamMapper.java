package dev.drydock.controller.api;

import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Webhook;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.Team;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Teams between the API and the controller. Secrets go in and never out. */
final class TeamMapper {
    private final boolean mail;

    /** @param mail whether the controller knows a mail server */
    TeamMapper(boolean mail) {
        this.mail = mail;
    }

    static TeamDraft draft(CreateTeamRequest request) {
        List<String> problems = new ArrayList<>();
        List<Duration> before = request.getNotices().getBeforeList().stream()
                .map(one -> Times.duration("notices", one, problems))
                .toList();
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        return new TeamDraft(
                request.getName(),
                request.getHosts(),
                request.getMailList(),
                request.getWebhook(),
                request.getWebhookSecret(),
                request.hasNotices() ? Optional.of(before) : Optional.empty(),
                request.getReplace(),
                request.getEtag());
    }

    Team message(dev.drydock.controller.team.Team team) {
        Team.Builder message = Team.newBuilder()
                .setName(team.name())
                .setHosts(team.hosts())
                .addAllMail(team.mail())
                .setWebhook(team.webhook().map(Webhook::shown).orElse(""))
                .setCreatedAt(Times.timestamp(team.createdAt()))
                .setEtag(team.etag());
        team.notices().forEach(before -> message.addNotices(Times.duration(before)));
        if (team.mail().isEmpty() && team.webhook().isEmpty()) {
            message.addWarnings("it has no address and no webhook, so it is told nothing");
        }
        if (!team.mail().isEmpty() && !mail) {
            message.addWarnings("the controller knows no mail server (--mail-server), so no mail is sent");
        }
        return message.build();
    }
}
