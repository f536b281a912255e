package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.packager.rpm.FileFlags;
import org.eclipse.packager.rpm.RpmTag;
import org.eclipse.packager.rpm.RpmVersion;
import org.eclipse.packager.rpm.build.BuilderContext;
import org.eclipse.packager.rpm.build.BuilderOptions;
import org.eclipse.packager.rpm.build.FileInformation;
import org.eclipse.packager.rpm.build.RpmBuilder;

/** Writes a package of Red Hat's and SUSE's families. */
final class Rpm {
    private Rpm() {}

    /** @param made the time that everything in it has */
    static void write(Software software, Path to, Instant made) throws IOException {
        Files.deleteIfExists(to);
        BuilderOptions options = new BuilderOptions();
        options.setFileNameProvider((name, version, architecture) -> String.valueOf(to.getFileName()));
        try (RpmBuilder builder = new RpmBuilder(
                software.name(),
                new RpmVersion(software.packageVersion(), "1"),
                Software.rpmProcessor(),
                to.toAbsolutePath().getParent(),
                options)) {
            RpmBuilder.PackageInformation information = builder.getInformation();
            information.setSummary(software.summary());
            information.setDescription(software.description().strip());
            information.setLicense("Apache-2.0");
            information.setVendor("The Drydock project");
            information.setBuildHost("localhost");
            information.setGroup("System Environment/Base");
            information.setOperatingSystem("linux");
            builder.setHeaderCustomizer(header -> header.putInt(RpmTag.BUILDTIME, (int) made.getEpochSecond()));
            builder.setPreInstallationScript(Lifecycle.rpm(software, Lifecycle.RPM_PRE));
            builder.setPostInstallationScript(Lifecycle.rpm(software, Lifecycle.RPM_POST));
            builder.setPreRemoveScript(Lifecycle.rpm(software, Lifecycle.RPM_PREUN));
            builder.setPostRemoveScript(Lifecycle.rpm(software, Lifecycle.RPM_POSTUN));
            fill(builder.newContext(), software.tree(), made);
            builder.build();
        }
    }

    private static void fill(BuilderContext context, Tree tree, Instant made) throws IOException {
        for (Map.Entry<String, Entry> each : tree.own().entrySet()) {
            String path = each.getKey();
            switch (each.getValue()) {
                case Entry.Directory directory ->
                    context.addDirectory(path, (name, object, type) -> information(directory.mode(), false, made));
                case Entry.Link link ->
                    context.addSymbolicLink(
                            path, link.target(), (name, object, type) -> information(0777, false, made));
                case Entry.Content content ->
                    context.addFile(
                            path,
                            content.bytes(),
                            (name, object, type) -> information(content.mode(), content.kept(), made));
                case Entry.File file ->
                    context.addFile(path, file.from(), (name, object, type) -> information(file.mode(), false, made));
            }
        }
    }

    private static FileInformation information(int mode, boolean kept, Instant made) {
        FileInformation information = new FileInformation();
        information.setTimestamp(made);
        information.setUser("root");
        information.setGroup("root");
        information.setMode((short) mode);
        Set<FileFlags> flags = EnumSet.noneOf(FileFlags.class);
        if (kept) {
            flags.add(FileFlags.CONFIGURATION);
            flags.add(FileFlags.NOREPLACE);
        }
        information.setFileFlags(flags);
        return information;
    }
}
