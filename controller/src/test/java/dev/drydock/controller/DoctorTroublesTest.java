package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.controller.doctor.CertificatesExamination;
import dev.drydock.controller.doctor.DatabaseExamination;
import dev.drydock.controller.doctor.DirectoryExaminations;
import dev.drydock.controller.doctor.FilesExamination;
import dev.drydock.controller.doctor.PostgresExamination;
import dev.drydock.controller.doctor.ReadyExamination;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLeases;
import dev.drydock.controller.store.TestPostgres;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link DoctorCommandTest} does not break: each check by itself, at the instant or under the user that it takes. */
final class DoctorTroublesTest {
    private static final String FUTURE = """
            INSERT INTO flyway_schema_history
              (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            VALUES (9999, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 1, '', 1, TRUE)
            """;

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void aDataDirectory() throws StartException {
        data = directory.resolve("drydock");
        start(data);
    }

    private static void start(Path data) throws StartException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Controller.start(new ControllerOptions(data, any, any, ServerNames.of(List.of()), Duration.ofDays(30)))
                .close();
    }

    private static void assertFound(Finding.Level level, Examination examination, Instant now, String... parts)
            throws Exception {
        List<Finding> findings = examination.examine(now);
        assertThat(findings).as(findings.toString()).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.text() + finding.names() + finding.nextStep()).contains(parts);
            assertThat(finding.nextStep()).as("what to do").isNotEmpty();
        });
    }

    private static void assertTrouble(Examination examination, String... parts) throws Exception {
        assertFound(Finding.Level.TROUBLE, examination, Instant.now(), parts);
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("drydock.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void aDirectoryOfAnotherUserOrThatOthersMayList() throws Exception {
        assertTrouble(
                DirectoryExaminations.rights(data, "somebody"),
                "belongs to " + Files.getOwner(data).getName() + ", and this is somebody",
                "sudo -u ");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertFound(
                Finding.Level.ADVICE,
                DirectoryExaminations.rights(data, ""),
                Instant.now(),
                "mode rwxr-xr-x: others see what is in it",
                "chmod 700 ");
    }

    /** As a restore by root would leave it. */
    @Test
    void aFileThatIsNotItsOwners() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may give a file away");
        UserPrincipal nobody =
                data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(data.resolve("drydock.db"), nobody);
        assertTrouble(
                DirectoryExaminations.rights(data, "root"),
                "not root's, whose the directory is",
                "[drydock.db]",
                "chown -R root: ");
    }

    @Test
    void aCaThatEndsSoonOrHasEnded() throws Exception {
        Instant ends;
        try (var pem = Files.newInputStream(data.resolve("ca.crt"))) {
            ends = ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem))
                    .getNotAfter()
                    .toInstant();
        }
        CertificatesExamination examination = new CertificatesExamination(data);
        assertThat(examination.examine(ends.minus(Duration.ofDays(91))))
                .allMatch(finding -> finding.level() == Finding.Level.FINE);
        assertFound(
                Finding.Level.TROUBLE,
                examination,
                ends.minus(Duration.ofDays(89)),
                "the CA's certificate ends at " + ends,
                "all agents have to enrol again");
        assertFound(Finding.Level.TROUBLE, examination, ends.plusSeconds(1), "all agents have to enrol again");
    }

    @Test
    void aStepOfTheSchemaThatWasLeftInTheMiddle() throws Exception {
        write("UPDATE flyway_schema_history SET success = 0 WHERE installed_rank ="
                + " (SELECT MAX(installed_rank) FROM flyway_schema_history)");
        assertTrouble(
                new DatabaseExamination(data, false),
                "a step after it was left in the middle",
                "Put back what was before the upgrade");
    }

    @Test
    void noRoomForTheCopyOfAnUpgrade() throws Exception {
        write("DELETE FROM flyway_schema_history WHERE installed_rank ="
                + " (SELECT MAX(installed_rank) FROM flyway_schema_history)");
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("drydock.db-wal").toFile(), "rw")) {
            file.setLength(1L << 42); // Holes: it takes no room itself.
        }
        assertTrouble(
                new DatabaseExamination(data, false),
                "there is no room for the copy that is made before",
                "MiB are free",
                "Make room there");
    }

    @Test
    void aNewerSchemaWithoutACopyOfBefore() throws Exception {
        write(FUTURE);
        assertTrouble(
                new DatabaseExamination(data, false),
                "of a newer Drydock",
                "Install the newer version again, or put a backup of before the upgrade back.");
    }

    @Test
    void fewerOpenFilesThanHosts() throws Exception {
        Path proc = directory.resolve("proc");
        Path process = Files.createDirectories(proc.resolve("4711"));
        Files.writeString(process.resolve("limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             100                  100                  processes
                Max open files            1024                 4096                 files
                """);
        assertTrouble(
                new FilesExamination(OptionalLong.of(4711), () -> 3_585, proc),
                "the controller may open 4096 files, and its 3585 hosts need 4097",
                "LimitNOFILE");
        assertThat(new FilesExamination(OptionalLong.of(4711), () -> 3_584, proc).examine(Instant.now()))
                .allMatch(finding -> finding.level() == Finding.Level.FINE);
        Files.move(process, proc.resolve("self"));
        assertTrouble(
                new FilesExamination(OptionalLong.empty(), () -> 20_000, proc), "a program that is started here may");
    }

    /** Another controller's CA is in the directory, for example that of a backup which was not put back as a whole. */
    @Test
    void aControllerThatRunsWithAnotherCa() throws Exception {
        Path other = directory.resolve("other");
        start(other);
        try (ControllerProcess process = new ControllerProcess(data, directory.resolve("log"))) {
            InetSocketAddress api =
                    new InetSocketAddress("127.0.0.1", process.ready().apiPort());
            assertThat(new ReadyExamination(api, data.resolve("ca.crt")).examine(Instant.now()))
                    .allMatch(finding -> finding.level() == Finding.Level.FINE);
            assertTrouble(
                    new ReadyExamination(api, other.resolve("ca.crt")),
                    "what answers shows no certificate of this CA",
                    "restart it");
        }
    }

    @Test
    void aDatabaseOfPostgresThatNobodyLeadsOrThatIsOfTheFuture() throws Exception {
        PostgresAddress database = TestPostgres.fresh();
        PostgresExamination examination = new PostgresExamination(database);
        PostgresLeases.open(database).close();
        administer(
                database,
                "UPDATE drydock_cluster.lease SET holder = 'ctl-1', expires = clock_timestamp() + INTERVAL '1 hour'");
        assertThat(examination.examine(Instant.now()).toString()).contains("ctl-1 leads since ");
        assertFound(
                Finding.Level.TROUBLE,
                examination,
                Instant.now().plus(Duration.ofHours(2)),
                "nobody leads: the lease of ctl-1 ended at ",
                "Start a controller");
        assertFound(
                Finding.Level.TROUBLE,
                examination,
                Instant.now().plus(Duration.ofHours(2)),
                "the database's clock and this machine's differ by 7");

        administer(database, FUTURE);
        assertTrouble(examination, "9999, of a newer Drydock", "pg_restore");
    }

    private static void administer(PostgresAddress database, String sql) throws SQLException {
        String url = database.toString().replace("postgresql://postgres@", "jdbc:postgresql://") + "?user=postgres";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
