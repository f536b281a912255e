package dev.drydock.controller.api;

import dev.drydock.controller.team.ChatHook;
import dev.drydock.controller.team.QuietDraft;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Webhook;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.Team;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        Map<String, Severity> least = new TreeMap<>();
        request.getLeastMap().forEach((address, severity) -> NotificationMapper.severity(severity)
                .ifPresentOrElse(
                        one -> least.put(address, one),
                        () -> problems.add("least: '" + address + "' has no severity; expected SEVERITY_INFO,"
                                + " SEVERITY_WARNING or SEVERITY_CRITICAL")));
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        return new TeamDraft(
                request.getName(),
                request.getHosts(),
                request.getMailList(),
                request.getWebhook(),
                request.getWebhookSecret(),
                request.getSlack(),
                request.hasNotices() ? Optional.of(before) : Optional.empty(),
                least,
                request.hasQuiet() ? Optional.of(quiet(request.getQuiet())) : Optional.empty(),
                request.getReplace(),
                request.getEtag());
    }

    private static QuietDraft quiet(QuietHours quiet) {
        return new QuietDraft(quiet.getZone(), quiet.getDaysList(), quiet.getFrom(), quiet.getTo());
    }

    private static QuietHours quiet(dev.drydock.controller.team.QuietHours quiet) {
        return QuietHours.newBuilder()
                .setZone(quiet.zone().getId())
                .addAllDays(quiet.sortedDays().stream().map(DayOfWeek::name).toList())
                .setFrom(quiet.from().toString())
                .setTo(quiet.to().toString())
                .build();
    }

    Team message(dev.drydock.controller.team.Team team) {
        Team.Builder message = Team.newBuilder()
                .setName(team.name())
                .setHosts(team.hosts())
                .addAllMail(team.mail())
                .setWebhook(team.webhook().map(Webhook::shown).orElse(""))
                .setCreatedAt(Times.timestamp(team.createdAt()))
                .setSlack(team.chat().map(ChatHook::shown).orElse(""))
                .setEtag(team.etag());
        team.listening()
                .least()
                .forEach((address, severity) -> message.putLeast(address, NotificationMapper.severity(severity)));
        team.listening().quiet().map(TeamMapper::quiet).ifPresent(message::setQuiet);
        team.notices().forEach(before -> message.addNotices(Times.duration(before)));
        if (!team.wants(Severity.CRITICAL)) {
            message.addWarnings("it has no address, no webhook and no chat, so it is told nothing");
        }
        if (!team.mail().isEmpty() && !mail) {
            message.addWarnings("the controller knows no mail server (--mail-server), so no mail is sent");
        }
        return message.build();
    }
}
