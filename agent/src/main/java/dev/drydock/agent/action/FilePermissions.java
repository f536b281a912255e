package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.access.OpenFiles;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;

/** {@code file.permissions}: nothing below some paths may be written by every user of the system. */
final class FilePermissions implements Check {
    private static final int MOST_FILES = 500_000;

    private final HostFiles files;

    FilePermissions(HostFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "file.permissions";
    }

    @Override
    public Struct observe(StepContext context) {
        Args args = context.args();
        try {
            OpenFiles.Seen seen = new OpenFiles(files, MOST_FILES, args.strings("ignore")).find(args.strings("paths"));
            return Findings.seen(
                    seen.open().stream()
                            .map(path -> "every user may write " + path)
                            .toList(),
                    seen.looked() + " files and directories");
        } catch (HostException | IOException e) {
            return Findings.error(e);
        }
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Findings.judge(baseline, now, context.args().integer("atMost", 0));
    }
}
