package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.testing.FakeFacts;
import dev.drydock.agent.wordpress.SiteLog;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionCatalogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.packages",
                "os.reboot",
                "service.restart",
                "service.reload",
                "agent.update",
                "file.put",
                "command.run",
                "backup.create",
                "backup.verify",
                "middleware.update",
                "wordpress.update",
                "certificate.renew"
            })
    void findsActionsByTheirNames(String name) throws Exception {
        assertThat(catalog().action(name)).hasValueSatisfying(action -> {
            assertThat(action.name()).isEqualTo(name);
            assertThat(action.defaultTimeout()).isPositive();
            assertThat(action.defaultRollbackTimeout()).isPositive();
        });
        assertThat(catalog().check(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http.check",
                "tcp.check",
                "service.active",
                "disk.free",
                "load.below",
                "command.check",
                "sql.check",
                "certificate.check",
                "log.absent",
                "login.failures",
                "account.review",
                "file.permissions",
                "wordpress.admins",
                "wordpress.integrity"
            })
    void findsChecksByTheirNames(String name) throws Exception {
        assertThat(catalog().check(name))
                .hasValueSatisfying(check -> assertThat(check.name()).isEqualTo(name));
        assertThat(catalog().action(name)).isEmpty();
    }

    @Test
    void hasNothingElse() throws Exception {
        assertThat(catalog().action("os.packges")).isEmpty();
        assertThat(catalog().check("")).isEmpty();
    }

    private static ActionCatalog catalog() throws Exception {
        return new ActionCatalog(
                ManagedHost.open(Path.of("/")),
                new FakeFacts(),
                new BackupLog(Path.of("/no-data")),
                Artifacts.NONE,
                new SiteLog(Path.of("/no-data")),
                InstantSource.system());
    }
}
