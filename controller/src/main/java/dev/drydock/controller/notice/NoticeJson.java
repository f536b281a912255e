package dev.drydock.controller.notice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.controller.notify.WebhookEvent;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import java.time.Instant;

/** Notices as webhooks get them; times in ISO 8601, UTC. */
final class NoticeJson {
    static final String OPENS = "window.opens";
    static final String CALLED_OFF = "window.called_off";

    private NoticeJson() {}

    static String notice(WindowNotice notice, Instant now) {
        return WebhookEvent.json(OPENS, now, data -> {
            RolloutPlan plan = notice.plan();
            Opening opening = notice.opening();
            data.put("team", notice.team());
            data.put("rollout", plan.name());
            data.put("playbook", plan.playbook().reference());
            data.put("playbook_digest", plan.playbook().digest());
            data.put("made_by", plan.origin().by());
            data.putObject("window")
                    .put("name", plan.window().name())
                    .put("timezone", plan.window().zone().getId())
                    .put("opens", opening.opens().toString())
                    .put("closes", opening.closes().toString());
            notice.unapproved().ifPresent(wave -> data.put("awaits_approval_of_wave", wave));
            data.put("hosts_of_others", notice.others());
            ArrayNode hosts = data.putArray("hosts");
            notice.hosts().forEach(owned -> host(notice, owned, hosts.addObject()));
        });
    }

    private static void host(WindowNotice notice, WindowNotice.Owned owned, ObjectNode host) {
        host.put("name", owned.host().name());
        host.put("wave", owned.host().wave());
        notice.span(owned.host().wave()).ifPresent(span -> {
            host.put("expected_from", span.begins().toString());
            host.put("expected_until", span.ends().toString());
        });
        if (!owned.plan().answered()) {
            host.put("changes_unknown", owned.plan().problem());
            return;
        }
        ArrayNode changes = host.putArray("changes");
        for (StepPlan step : owned.plan().steps()) {
            for (Change change : step.getChangesList()) {
                changes.addObject()
                        .put("step", step.getName())
                        .put("kind", change.getKind())
                        .put("name", change.getName())
                        .put("from", change.getFrom())
                        .put("to", change.getTo())
                        .put("way_back", step.getIrreversible().isEmpty());
            }
        }
    }

    static String calledOff(String team, String rollout, String window, Instant opens, String why, Instant now) {
        return WebhookEvent.json(CALLED_OFF, now, data -> data.put("team", team)
                .put("rollout", rollout)
                .put("window", window)
                .put("opens", opens.toString())
                .put("reason", why));
    }
}
