package dev.drydock.agent.middleware;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.middleware.EndOfLife;
import dev.drydock.playbooks.middleware.Profile;
import dev.drydock.playbooks.middleware.ProfileReader;
import dev.drydock.playbooks.middleware.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The profiles that hold on a host: those of the program, and the operator's own before them. */
public final class MiddlewareLibrary {
    /** Where the operator's profiles are, a file each. */
    public static final String DIRECTORY = "/etc/drydock/middleware";

    /** A newer table of dates. */
    public static final String END_OF_LIFE = "/etc/drydock/end-of-life.yaml";

    private final HostFiles files;

    public MiddlewareLibrary(HostFiles files) {
        this.files = files;
    }

    /** By name. What cannot be read is an error: an update that goes by half of the profiles would leave out the other half. */
    public Map<String, Profile> profiles() throws HostException, IOException {
        Map<String, Profile> profiles = new TreeMap<>(Profiles.all());
        Path directory = files.resolve(DIRECTORY);
        if (!Files.isDirectory(directory)) {
            return profiles;
        }
        List<Path> own;
        try (Stream<Path> all = Files.list(directory)) {
            own = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        for (Path file : own) {
            Profile profile = read(DIRECTORY + "/" + file.getFileName());
            profiles.put(profile.name(), profile);
        }
        return profiles;
    }

    /** @param path inside the managed system */
    public Profile read(String path) throws HostException, IOException {
        try {
            return ProfileReader.read(path, bytes(path));
        } catch (InvalidPlaybookException e) {
            throw new HostException("the profile " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    public EndOfLife endOfLife() throws HostException, IOException {
        EndOfLife builtIn = EndOfLife.builtIn();
        if (!files.exists(END_OF_LIFE)) {
            return builtIn;
        }
        try {
            return builtIn.with(EndOfLife.read(END_OF_LIFE, bytes(END_OF_LIFE)));
        } catch (InvalidPlaybookException e) {
            throw new HostException("the table " + END_OF_LIFE + " cannot be used: " + e.getMessage(), e);
        }
    }

    private byte[] bytes(String path) throws IOException {
        return files.read(path)
                .orElseThrow(() -> new IOException("there is no file " + path))
                .getBytes(StandardCharsets.UTF_8);
    }
}
