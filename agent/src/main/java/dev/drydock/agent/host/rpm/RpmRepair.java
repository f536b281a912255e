package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import java.util.ArrayList;
import java.util.List;

/**
 * Finishes an upgrade that was cut off between bringing the new and removing the old: removes the version that was installed
 * first. What was cut off in the middle of unpacking cannot be finished without the package's file, so that is only recognised
 * as whole or refused.
 */
final class RpmRepair {
    static final String MEANS = "rpm -e of the older of two versions";

    private final Rpm rpm;
    private final Unfinished unfinished;
    private final RpmTool tool;

    RpmRepair(Rpm rpm, Unfinished unfinished, RpmTool tool) {
        this.rpm = rpm;
        this.unfinished = unfinished;
        this.tool = tool;
    }

    void repair(Job job) throws HostException, InterruptedException {
        Rpm.Database database = rpm.database(job);
        List<String> touched = new ArrayList<>();
        for (InstalledPackage twice :
                database.installed().stream().filter(p -> !p.healthy()).toList()) {
            // The newest first.
            List<String> byTime = rpm.require(
                            List.of("rpm", "-q", "--last", "--", twice.id().name()), job)
                    .lines()
                    .map(line -> line.split("\\s+", 2)[0])
                    .filter(nevra -> nevra.endsWith("." + twice.id().arch()))
                    .toList();
            for (String old : byTime.subList(Math.min(1, byTime.size()), byTime.size())) {
                job.output().line("Removing " + old + ", whose successor is installed");
                var result = rpm.run(List.of("rpm", "-e", "--nodeps", old), job);
                if (!result.ok()) {
                    throw HostException.of("removing " + old, result);
                }
            }
            touched.addAll(byTime.subList(0, Math.min(1, byTime.size())));
        }
        String differing = withoutConfiguration(rpm.verify(touched, job));
        if (!differing.isEmpty()) {
            throw new HostException(
                    "these files are not as their packages brought them, reinstall those: " + differing);
        }
        if (!tool.cutOff(job).isEmpty() && unfinished.complaints().isEmpty()) {
            String all = withoutConfiguration(rpm.verifyAll(job));
            if (!all.isEmpty()) {
                throw new HostException(tool.name() + " was interrupted, and files are not as their packages brought"
                        + " them; reinstall those packages: " + all);
            }
            tool.acknowledge(job);
        }
    }

    /** Configuration files are there to be changed. */
    private static String withoutConfiguration(String verified) {
        return String.join(
                "; ",
                verified.lines().filter(l -> !l.matches("\\S+\\s+[cdg] /.*")).toList());
    }
}
