package dev.drydock.controller.web.http;

import dev.drydock.proto.v1.AccountServiceGrpc;
import dev.drydock.proto.v1.Grant;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WhoAmIRequest;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What whoever looks at a page may do, so that the page offers no more than that. The API decides, whatever is offered.
 *
 * @param grants empty: not known, so everything is offered
 */
public record May(Optional<List<Grant>> grants) {
    private static final Logger log = LoggerFactory.getLogger(May.class);

    public May {
        grants = grants.map(List::copyOf);
    }

    static May of(Api api) {
        try {
            return new May(Optional.of(api.calls(AccountServiceGrpc::newBlockingStub)
                    .whoAmI(WhoAmIRequest.getDefaultInstance())
                    .getGrantsList()));
        } catch (StatusRuntimeException e) {
            log.debug("what {} may do is not known", api.session().user(), e);
            return new May(Optional.empty());
        }
    }

    /** For any hosts, however few. */
    public boolean see() {
        return has(UserRole.VIEWER, false);
    }

    /** For any hosts, however few. */
    public boolean operate() {
        return has(UserRole.OPERATOR, false);
    }

    /** The audit log is for approvers of the whole fleet. */
    public boolean audit() {
        return has(UserRole.APPROVER, true);
    }

    private boolean has(UserRole least, boolean everywhere) {
        return grants.map(all -> all.stream()
                        .anyMatch(grant -> grant.getRoleValue() >= least.getNumber()
                                && (!everywhere || grant.getHosts().isEmpty())))
                .orElse(true);
    }
}
