package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.Services;
import java.util.ArrayList;
import java.util.List;

/** {@code service.active}: services run. Those that did not run before the change need not run after it. */
final class ServiceActive implements Check {
    private static final String INACTIVE = "inactive";
    private static final String STATES = "states";

    private final Services services;

    ServiceActive(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "service.active";
    }

    @Override
    public Struct observe(StepContext context) throws ActionException, InterruptedException {
        List<String> inactive = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (String name : Names.of(context.args())) {
            Services.State state =
                    OnHost.get(() -> services.state(name, OnHost.job(context).silent()));
            states.add(name + " " + state.detail());
            if (!state.active()) {
                inactive.add(name);
            }
        }
        return new Structs()
                .putStrings(INACTIVE, inactive)
                .putStrings(STATES, states)
                .build();
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        String seen = String.join(", ", Structs.strings(now, STATES));
        List<String> before = Structs.strings(baseline, INACTIVE);
        List<String> stopped = Structs.strings(now, INACTIVE).stream()
                .filter(name -> !before.contains(name))
                .toList();
        if (!stopped.isEmpty()) {
            return Finding.fails(seen, "not active: " + String.join(", ", stopped));
        }
        boolean asBefore = !Structs.strings(now, INACTIVE).isEmpty();
        return Finding.holds(seen + (asBefore ? ", no regression: those not active were not before" : ""));
    }
}
