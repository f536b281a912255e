package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What dnf and zypper do each in its own way. No method asks a person; only those that say so change something. */
interface RpmTool {
    String name();

    /** The updates that are on offer, by the lists as they are. */
    List<Offer> offers(boolean alsoHeld, Job job) throws HostException, InterruptedException;

    /** Names of installed packages that a security advisory has something newer for. */
    Set<String> security(Job job) throws HostException, InterruptedException;

    /** What an update of everything would do. */
    RpmPlan updateAll(Job job) throws HostException, InterruptedException;

    /** A package of a version, as the tool takes it. */
    String argument(PackageId id, String version);

    /** @param wanted {@code name}, {@code name=version} or an {@link #argument} */
    RpmPlan install(List<String> wanted, Job job) throws HostException, InterruptedException;

    /** What installing these files would do, without any repository. */
    RpmPlan installFiles(List<PackageFile> files, Files where, Job job) throws HostException, InterruptedException;

    /** How much is to be downloaded for the changes, and how much larger the system is after them, in bytes. */
    Sizes sizes(List<PackageChange> changes, Job job) throws HostException, InterruptedException;

    /** Reads the repositories' lists anew. */
    Commands.Result refresh(Job job) throws HostException, InterruptedException;

    /** Downloads packages of a version, checked as the repositories demand, into a directory or below it. */
    Commands.Result download(List<Wanted> wanted, String into, Job job) throws HostException, InterruptedException;

    /** Changes the system: installs these files, older ones too. */
    Commands.Result commit(List<PackageFile> files, Files where, Job job) throws HostException, InterruptedException;

    /** Which were installed for the sake of others only. */
    Set<PackageId> automatic(Collection<PackageId> packages, Job job) throws HostException, InterruptedException;

    /** Changes the system's memory of why packages are there. */
    void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job)
            throws HostException, InterruptedException;

    /** A run of the tool that began and did not end, in words; empty when there is none or the tool does not tell. */
    List<String> cutOff(Job job) throws HostException, InterruptedException;

    /** What was cut off was mended: {@link #cutOff} no longer names it. */
    void acknowledge(Job job) throws HostException, InterruptedException;

    /** Files in which the tool writes its process id while it works. */
    List<String> pidFiles();

    /** Directories under which the tool may have kept packages. */
    List<String> caches();

    /** Files and directories that its answers depend on; a {@code *} stands for any one name. */
    List<String> inputs();

    /** The files of its lists, likewise. */
    List<String> lists();

    /** @param origin the repository */
    record Offer(String name, String arch, String version, String origin) {}

    record Sizes(long download, long growth) {}

    /** @param installed whether it is installed in that very version */
    record Wanted(PackageId id, String version, boolean installed) {}

    /** Where files are for programs, and a directory there that the tool may use as it likes. */
    interface Files {
        String inside(String file);

        String scratch();
    }
}
