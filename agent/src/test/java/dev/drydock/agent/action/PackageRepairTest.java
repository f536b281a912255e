package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.FakePackageManager;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code repair: true}: what needs no real package manager; the rest is proven by OsPackagesRepairIT. */
class PackageRepairTest {
    private static final InstalledPackage WHOLE =
            new InstalledPackage(new PackageId("cron", "amd64"), "3.0", "ii", true);
    private static final InstalledPackage HALF =
            new InstalledPackage(new PackageId("half-done", "amd64"), "2.0", "iF", false);
    private static final PackageChange UPDATE = new PackageChange(WHOLE.id(), "3.0", "3.1", true, "Debian-Security");

    @TempDir
    Path root;

    @TempDir
    Path workDir;

    private final FakePackageManager manager = new FakePackageManager();
    private HostFiles files = new HostFiles(Path.of("/"));

    @BeforeEach
    void breakAPackage() throws Exception {
        files = new HostFiles(root.toRealPath());
        manager.installed = List.of(WHOLE, HALF);
        manager.broken = List.of("half-done");
    }

    @Test
    void whatIsMendedIsPlannedBeforeWhatIsUpdated() throws Exception {
        manager.pending = List.of(UPDATE);
        Plan plan = action().plan(context());
        assertThat(plan.changes()).extracting("kind").containsExactly("repair", "package");
        assertThat(plan.changes()).extracting("name").containsExactly("half-done", "cron");
        assertThat(plan.changes().getFirst().getTo()).isEqualTo("mended by fake --configure -a");
    }

    @Test
    void anUpdateThatCannotBePlannedYetDoesNotStopTheRepair() throws Exception {
        manager.resolveFails = Optional.of(new HostException("half-done needs to be reinstalled"));
        TestStep step = new TestStep(workDir);
        Plan plan = action().plan(step.with(Map.of("update", "all", "repair", true)));
        assertThat(plan.changes()).extracting("kind").containsExactly("repair");
        assertThat(step.output()).contains("half-done needs to be reinstalled");

        manager.broken = List.of();
        assertThatThrownBy(() -> action().plan(context())).hasMessageContaining("needs to be reinstalled");
    }

    @Test
    void whatIsBrokenOtherwiseThanPlannedIsNotMended() throws Exception {
        Plan plan = action().plan(context());
        manager.broken = List.of("half-done", "another");
        assertThatThrownBy(() -> action().prepare(context(), plan)).hasMessageContaining("no longer what was planned");
    }

    @Test
    void aRepairAfterWhichNothingIsToBeUpdatedIsVerifiedAndStays() throws Exception {
        Struct prepared = prepare();
        manager.calls.clear();
        assertThat(action().apply(context(), prepared).changes())
                .extracting("kind")
                .containsExactly("repair");
        assertThat(manager.calls).containsSubsequence("repair", "resolve ALL");
        action().verify(context(), prepared, false);

        action().rollback(context(), prepared);
        assertThat(action().verifyRollback(context(), prepared))
                .containsExactly(
                        "nothing was updated: the 1 packages that were whole are at their versions",
                        "found broken and mended before the update, which stays so: half-done");
    }

    @Test
    void aRepairThatFailsNamesThePackagesAndNothingIsUpdated() throws Exception {
        manager.pending = List.of(UPDATE);
        manager.brokenAfterRepair = List.of("half-done");
        manager.repairFails = Optional.of(new HostException("still not in order are [half-done]"));
        Struct prepared = prepare();
        manager.calls.clear();
        assertThatThrownBy(() -> action().apply(context(), prepared))
                .hasMessageContaining("could not be mended, and nothing was updated: half-done: still not in order");
        assertThat(manager.calls).doesNotContain("resolve ALL");

        manager.calls.clear();
        action().rollback(context(), prepared);
        assertThat(manager.calls).as("it would fail again").doesNotContain("repair");
        assertThat(action().verifyRollback(context(), prepared))
                .contains("still broken, as they were found: half-done")
                .noneMatch(line -> line.contains("mended"));
    }

    @Test
    void aRepairThatWasCutOffIsEndedOnTheWayBack() throws Exception {
        Struct prepared = prepare();
        manager.broken = List.of("(the manager was interrupted)", "half-done");
        assertThatThrownBy(() -> action().verify(context(), prepared, true))
                .hasMessage("it was cut off before the update was begun");
        assertThatThrownBy(() -> action().verifyRollback(context(), prepared))
                .hasMessageContaining("broken that were not before the repair: [(the manager was interrupted)]");

        action().rollback(context(), prepared);
        assertThat(action().verifyRollback(context(), prepared)).anyMatch(line -> line.endsWith("stays so: half-done"));
    }

    @Test
    void aPackageThatWasWholeMustBeAsItWas() throws Exception {
        Struct prepared = prepare();
        manager.installed = List.of(new InstalledPackage(WHOLE.id(), "3.1", "ii", true), HALF);
        assertThatThrownBy(() -> action().verifyRollback(context(), prepared))
                .hasMessageContaining("not as they were: [cron:amd64 3.0]");
    }

    private Struct prepare() throws Exception {
        return action().prepare(context(), action().plan(context()));
    }

    private Action action() {
        return new OsPackages(
                new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.of(manager)), d -> {});
    }

    private StepContext context() {
        return new TestStep(workDir).with(Map.of("update", "all", "repair", true));
    }
}
