package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.databases.SampleDatabases;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.S3Server;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Backups in a bucket of a real S3 server. */
@ExtendWith(LabExtension.class)
class BackupToS3IT {
    @TempDir
    private Path directory;

    @Test
    void backupsAreWholeInTheBucketAndRestoreFromIt(Lab lab) throws IOException {
        try (S3Server server = S3Server.start(Files.createDirectory(directory.resolve("s3")));
                Fleet fleet = Fleet.start(lab, directory)) {
            server.bucket("backups");
            LabHost host = fleet.enrolledWeb("to-s3");
            SampleDatabases.makeShop(host);
            host.sh("mkdir /srv/site && seq 1 100000 > /srv/site/big");
            host.put("/root/aws", credentials(S3Server.SECRET), 0600);
            host.put("/root/wrong", credentials("other"), 0600);
            String to = "s3://backups/" + host.name();
            String s3 = "s3: {endpoint: 'http://" + lab.gateway() + ":" + server.port() + "', credentialsFile: /root/";
            String create =
                    "backup.create: {name: remote, files: [/srv/site], databases: [shop], engine: mariadb, keep: 1,"
                            + " restoreTest: true, to: '" + to + "', ";

            for (String name : new String[] {"first", "second"}) {
                Run made = run(fleet, host, name, create + s3 + "aws}}");
                assertThat(made.getState()).as(made.toString()).isEqualTo(RunState.SUCCEEDED);
                assertThat(made.toString()).contains("restore proven").doesNotContain(S3Server.SECRET);
            }
            assertThat(server.objects()).as("the first is gone again").hasSize(5);
            assertThat(server.objects().getLast()).endsWith("/manifest.json");

            Run drill = run(fleet, host, "drill", "backup.verify: {name: remote, from: '" + to + "', " + s3 + "aws}}");
            assertThat(drill.getState()).as(drill.toString()).isEqualTo(RunState.SUCCEEDED);

            Run refused = run(fleet, host, "refused", create + s3 + "wrong}}");
            assertThat(refused.getState()).isNotEqualTo(RunState.SUCCEEDED);
            assertThat(refused.toString()).contains("SignatureDoesNotMatch");
            assertThat(server.objects()).hasSize(5);
        }
    }

    private static String credentials(String secret) {
        return "[default]\naws_access_key_id = " + S3Server.ID + "\naws_secret_access_key = " + secret + "\n";
    }

    private static Run run(Fleet fleet, LabHost host, String name, String step) {
        return fleet.run(name, """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s, description: A journey of the lab, maintenance: preventive}
                spec:
                  steps:
                    - name: Step
                      %s
                  verify:
                    - service.active: [nginx]
                """.formatted(name, step), host);
    }
}
