package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts trees in place of others by renames alone. Copies first, all of them; then each old one is renamed away and the new one in: for
 * that instant nothing is there, since Java does not know how to exchange two. A killed swap leaves a target old, new or missing, never
 * half: to swap again is to mend it.
 */
public final class Swap {
    private final Commands commands;
    private final Path staging;

    /** @param staging a directory of our own on the file system of the targets; emptied by each swap */
    public Swap(Commands commands, Path staging) {
        this.commands = commands;
        this.staging = staging;
    }

    /**
     * One tree in place of another.
     *
     * @param source not changed; where it is not there, the target is removed
     */
    public record Move(Path source, Path target) {}

    public void all(List<Move> moves, Job job) throws HostException, IOException, InterruptedException {
        Path fresh = staging.resolve("fresh");
        Path away = staging.resolve("away");
        Trees.delete(fresh);
        Trees.delete(away);
        Files.createDirectory(fresh);
        Files.createDirectory(away);
        for (int i = 0; i < moves.size(); i++) {
            if (exists(moves.get(i).source())) {
                Trees.copy(moves.get(i).source(), fresh.resolve(Integer.toString(i)));
            }
        }
        // One sync for thousands of files, where one for each would take minutes.
        job.silent().require(commands, Map.of(), List.of("sync", "-f", fresh.toString()));
        for (int i = 0; i < moves.size(); i++) {
            String name = Integer.toString(i);
            Path target = moves.get(i).target();
            if (exists(target)) {
                Files.move(target, away.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            if (exists(fresh.resolve(name))) {
                Files.move(fresh.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        for (Move move : moves) {
            FileKeeper.force(Objects.requireNonNull(move.target().getParent()));
        }
        Trees.delete(away);
        Trees.delete(fresh);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
