package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.access.AccountRules;
import dev.drydock.agent.host.access.LocalAccounts;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code account.review}: no account is more than it should be. */
final class AccountReview implements Check {
    private final HostFiles files;
    private final InstantSource clock;

    AccountReview(HostFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "account.review";
    }

    @Override
    public Struct observe(StepContext context) {
        Args args = context.args();
        AccountRules rules = new AccountRules(
                Set.copyOf(args.has("uidZero") ? args.strings("uidZero") : List.of("root")),
                args.has("administrators") ? Optional.of(Set.copyOf(args.strings("administrators"))) : Optional.empty(),
                Set.copyOf(args.strings("loginShells")),
                args.optionalDuration("unusedFor"),
                Set.copyOf(args.strings("ignore")));
        try {
            LocalAccounts accounts = LocalAccounts.read(files);
            return Findings.seen(
                    rules.review(accounts, files, clock.instant()),
                    accounts.all().size() + " accounts");
        } catch (HostException | IOException e) {
            return Findings.error(e);
        }
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Findings.judge(baseline, now, 0);
    }
}
