package dev.drydock.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedBackupsTest {
    @TempDir
    Path directory;

    @Test
    void whatWasBegunIsKnownByItsPlaceUntilItHasEnded() throws Exception {
        unfinished().begun("/srv/backups", "site-1");
        unfinished().begun("/srv/backups", "site-1");
        unfinished().begun("/srv/backups", "site-2");
        unfinished().begun("s3://b/srv/backups", "site-3");

        assertThat(unfinished().at("/srv/backups")).containsExactly("site-1", "site-2");
        assertThat(unfinished().at("/backups")).isEmpty();

        unfinished().ended("/srv/backups", "site-1");
        unfinished().ended("/srv/backups", "site-1");

        assertThat(unfinished().at("/srv/backups")).containsExactly("site-2");
        assertThat(unfinished().at("s3://b/srv/backups")).containsExactly("site-3");
    }

    private UnfinishedBackups unfinished() {
        return new BackupLog(directory).unfinished();
    }
}
