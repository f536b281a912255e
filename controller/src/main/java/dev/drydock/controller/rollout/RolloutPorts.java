package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.HostRules;

/** What the coordinator works with. */
public record RolloutPorts(
        RolloutStore store,
        RunStore runs,
        RunLedger ledger,
        RunDispatcher dispatcher,
        HostDirectory hosts,
        Blackouts.Source blackouts,
        HostRules.Source rules) {}
