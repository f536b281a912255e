package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.action.ActionException;
import dev.drydock.e2e.lab.LabRoot;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A record lock, as package managers take them, held by a process in the root that is none of ours. */
final class HeldLock {
    /** Until standard input ends. */
    private static final String HOLD = """
            use Fcntl; open F, '+<', $ARGV[0] or die;
            my $lock = pack('s s x4 l! l! i x4', F_WRLCK, 0, 0, 0, 0);
            fcntl(F, F_SETLK, $lock) or die;
            $| = 1; print 'h'; <STDIN>
            """;

    private final Process holder;

    private HeldLock(Process holder) {
        this.holder = holder;
    }

    static HeldLock of(LabRoot root, String file) throws IOException {
        Process holder = root.start("perl", "-e", HOLD, file);
        assertThat(holder.getInputStream().read()).as("%s is locked", file).isEqualTo('h');
        return new HeldLock(holder);
    }

    /** How a person reads who it is. */
    String saysWho() {
        return "is held by process " + holder.pid() + " (perl)";
    }

    void requireStops(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOfSatisfying(ActionException.class, e -> {
            assertThat(e.retryable()).isTrue();
            assertThat(e).hasMessageContaining(saysWho());
        });
    }

    void release() throws IOException {
        holder.getOutputStream().close();
        holder.onExit().join();
    }
}
