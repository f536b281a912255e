package dev.drydock.controller.api;

import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.PushedPlaybook;
import dev.drydock.controller.rollout.Emergency;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.RebootPace;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.SavedPlan;
import dev.drydock.controller.rollout.SavedPlans;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.RolloutSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rollouts that the caller would make, as far as its grants reach, and plans of them. */
final class RolloutDrafts {
    private final PlaybookLibrary playbooks;
    private final SavedPlans plans;
    private final RolloutAccess access;

    RolloutDrafts(PlaybookLibrary playbooks, SavedPlans plans, RolloutAccess access) {
        this.playbooks = playbooks;
        this.plans = plans;
        this.access = access;
    }

    RolloutDraft of(RolloutSpec spec) {
        List<String> problems = new ArrayList<>();
        required("name", spec.getName(), problems);
        required("playbook", spec.getPlaybook(), problems);
        if (spec.getEmergency().isEmpty()) {
            required("window", spec.getWindow(), problems);
        }
        Duration soak = Times.duration("soak", spec.getSoak(), problems);
        RebootPace reboots = reboots(spec, problems);
        Optional<Emergency> emergency = emergency(spec, problems);
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        PushedPlaybook playbook =
                Refusals.checked(() -> playbooks.get(spec.getPlaybook()).playbook());
        PlaybookVersion version = new PlaybookVersion(playbook.name(), playbook.version(), playbook.digest());
        RolloutSpec reached =
                spec.toBuilder().setSelector(access.within(spec.getSelector())).build();
        return RolloutMapper.draft(reached, version, soak, reboots, emergency, Caller.name());
    }

    private static RebootPace reboots(RolloutSpec spec, List<String> problems) {
        RebootPace usual = RebootPace.USUAL;
        return new RebootPace(
                spec.getRebootsAtOnce().isEmpty() ? usual.atOnce() : spec.getRebootsAtOnce(),
                spec.hasRebootInterval()
                        ? Times.duration("reboot_interval", spec.getRebootInterval(), problems)
                        : usual.interval());
    }

    private static Optional<Emergency> emergency(RolloutSpec spec, List<String> problems) {
        Duration lasts = Times.duration("emergency_for", spec.getEmergencyFor(), problems);
        return spec.getEmergency().isEmpty()
                ? Optional.empty()
                : Optional.of(new Emergency(spec.getEmergency(), lasts));
    }

    private static void required(String field, String value, List<String> problems) {
        if (value.isBlank()) {
            problems.add(field + ": is empty");
        }
    }

    /** Who does not operate the whole fleet takes nobody else's plan away. */
    void requireOwnPlan(String name) {
        if (!Caller.principal().everywhere(Role.OPERATOR)
                && plans.find(name)
                        .filter(plan -> !plan.by().equals(Caller.name()))
                        .isPresent()) {
            throw Refusals.refused("There is a plan " + name + " of another user already; choose another name.");
        }
    }

    /** Who does not operate the whole fleet applies no plan but an own one. */
    SavedPlan plan(String name) {
        boolean all = Caller.principal().everywhere(Role.OPERATOR);
        return plans.find(name)
                .filter(plan -> all || plan.by().equals(Caller.name()))
                .orElseThrow(() -> Refusals.notFound("plan", name, all ? plans.names() : List.of()));
    }
}
