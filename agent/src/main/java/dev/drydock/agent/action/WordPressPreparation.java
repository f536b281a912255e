package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.WordPressUndo.Entry;
import dev.drydock.agent.action.WordPressUndo.Target;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Trees;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.SiteReader;
import dev.drydock.agent.host.wordpress.SiteUser;
import dev.drydock.agent.host.wordpress.UpdateSelection.Update;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.host.wordpress.Zips;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gathers what a {@code wordpress.update} and its way back need: the new files, unpacked and proven; copies of all that will be replaced,
 * read back; a dump of the database, read back; how the site is. All of it in the step's own directory.
 */
final class WordPressPreparation {
    private static final long MARGIN = 64L << 20;
    private static final long MIB = 1 << 20;
    /** The site's own, which no core brings. */
    private static final Set<String> NOT_CORE = Set.of("wp-content", "wp-config.php", ".htaccess", ".maintenance");

    private final WordPressTools tools;
    private final WordPressArgs args;
    private final Path workDir;
    private final Job job;

    WordPressPreparation(WordPressTools tools, WordPressArgs args, Path workDir, Job job) {
        this.tools = tools;
        this.args = args;
        this.workDir = workDir;
        this.job = job;
    }

    WordPressUndo prepare(List<Update> updates, UpdateSource source, SiteUser user, String host, boolean wpCli)
            throws HostException, IOException, InterruptedException {
        tools.requireSettling(args.reload());
        Struct baseline = tools.health().look(job);
        WordPressHealth.describe(baseline).forEach(line -> job.output().line("Before: " + line));
        requireRoom(updates);
        List<Entry> entries = new ArrayList<>();
        for (Update update : updates) {
            entries.add(entry(entries.size(), update, source));
        }
        Path trial = workDir.resolve("trial.sql");
        String sha256 = tools.database().dump(trial, job);
        job.output().line("The database can be dumped: " + Files.size(trial) / MIB + " MiB, SHA-256 " + sha256);
        Files.delete(trial);
        job.silent().require(tools.host().commands(), Map.of(), List.of("sync", "-f", workDir.toString()));
        return new WordPressUndo(
                tools.host().files().resolve(tools.site().path()),
                user.uid(),
                user.gid(),
                host,
                wpCli,
                baseline,
                entries);
    }

    private void requireRoom(List<Update> updates) throws HostException, IOException, InterruptedException {
        long files = 0;
        for (Update update : updates) {
            Path directory = directory(update.item());
            // Old and new, and the new once more while it is put ready; the core without what is not its own.
            files += 3
                    * (update.item().kind() == Item.Kind.CORE
                            ? Trees.size(directory.resolve("wp-admin")) + Trees.size(directory.resolve("wp-includes"))
                            : Trees.size(directory));
        }
        // Text of numbers and quotes is up to twice what the tables have; all dumps are kept where a fault may show
        // late.
        long dumps = 2 * tools.database().size(job) * (args.again().isPositive() ? updates.size() + 1L : 2);
        FileStore store = Files.getFileStore(workDir);
        if (store.getUsableSpace() < files + dumps + MARGIN) {
            throw new HostException("file system " + store + " has " + store.getUsableSpace() / MIB + " MiB free, but "
                    + (files + dumps + MARGIN) / MIB + " MiB are needed for the update and its way back");
        }
    }

    private Entry entry(int index, Update update, UpdateSource source)
            throws HostException, IOException, InterruptedException {
        Path itemDir = Files.createDirectories(WordPressUndo.itemDir(workDir, index));
        Path zip = itemDir.resolve("new.zip");
        Path fresh = WordPressUndo.newFiles(workDir, index);
        source.fetch(update.to(), zip, job);
        new Zips().unpack(zip, fresh);
        Files.delete(zip);
        requireWhole(update, fresh, source);
        Path directory = directory(update.item());
        Path like = update.item().kind() == Item.Kind.CORE ? directory.resolve("wp-includes") : directory;
        Trees.adopt(fresh, like);
        List<Target> targets = new ArrayList<>();
        Files.createDirectories(itemDir.resolve("old"));
        for (String name : update.item().kind() == Item.Kind.CORE ? coreNames(fresh) : List.of("")) {
            Path path = directory.resolve(name);
            String digest = keep(path, WordPressUndo.oldFile(workDir, index, targets.size()));
            targets.add(new Target(path, name, digest));
        }
        return new Entry(update.item(), update.from(), update.to().version(), staging(targets), targets);
    }

    private void requireWhole(Update update, Path fresh, UpdateSource source)
            throws HostException, IOException, InterruptedException {
        Optional<String> version = SiteReader.version(update.item().kind(), fresh);
        if (!version.equals(Optional.of(update.to().version()))) {
            throw new HostException("what " + source.describe() + " has as " + update.item() + " "
                    + update.to().version() + " is "
                    + version.map(v -> "version " + v).orElse("none"));
        }
        int proven = 0;
        for (Map.Entry<String, String> file : source.checksums(update.to(), job).entrySet()) {
            Path path = fresh.resolve(file.getKey()).normalize();
            if (!path.startsWith(fresh)
                    || !Files.isRegularFile(path)
                    || !Digests.md5(path).equals(file.getValue())) {
                throw new HostException(update.item() + " " + update.to().version() + ": " + file.getKey()
                        + " is not as its published checksum says");
            }
            proven++;
        }
        if (proven > 0) {
            job.output().line(proven + " files of " + update.item() + " are as their published checksums say");
        }
        if (args.lint()) {
            lint(update, fresh);
        }
    }

    private void lint(Update update, Path fresh) throws HostException, IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(fresh)) {
            files = all.filter(f -> f.toString().endsWith(".php")).sorted().toList();
        }
        for (Path file : files) {
            String complaint = tools.php().lint(file.toString(), job);
            if (!complaint.isEmpty()) {
                throw new HostException(update.item() + " " + update.to().version() + ": " + fresh.relativize(file)
                        + " is no valid PHP: " + complaint);
            }
        }
    }

    private static List<String> coreNames(Path fresh) throws IOException {
        try (Stream<Path> names = Files.list(fresh)) {
            return names.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !NOT_CORE.contains(name))
                    .sorted()
                    .toList();
        }
    }

    /** @return the digest of what is there, of which the copy is proven to be one */
    private static String keep(Path path, Path copy) throws HostException, IOException {
        if (Files.isSymbolicLink(path)) {
            throw new HostException(path + " is a symbolic link, which is not replaced");
        }
        String digest = Trees.digest(path);
        if (!digest.isEmpty()) {
            Trees.copy(path, copy);
            if (!Trees.digest(copy).equals(digest)) {
                throw new HostException(
                        "the copy of " + path + " differs from it: it was changed meanwhile, or the disk is bad");
            }
            FileKeeper.force(Objects.requireNonNull(copy.getParent()));
        }
        return digest;
    }

    /** Beside the site where that is on the same file system, else inside, where its mode lets nobody look. */
    private Path staging(List<Target> targets) throws HostException, IOException {
        Path site = tools.host().files().resolve(tools.site().path());
        String name = ".drydock-" + Digests.sha256(workDir.toString()).substring(0, 12);
        Path beside = Objects.requireNonNull(targets.getFirst().path().getParent());
        for (Path place : List.of(Objects.requireNonNull(site.getParent()), site, beside)) {
            boolean same = true;
            for (Target target : targets) {
                same &= store(target.path()).equals(Files.getFileStore(place));
            }
            if (same) {
                return place.resolve(name);
            }
        }
        throw new HostException(
                "the files of " + site + " are on several file systems: they cannot be replaced by renames");
    }

    private static FileStore store(Path path) throws IOException {
        Path there = Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path : Objects.requireNonNull(path.getParent());
        return Files.getFileStore(there);
    }

    private Path directory(Item item) throws IOException {
        return tools.host().files().resolveLink(tools.site().directory(item));
    }
}
