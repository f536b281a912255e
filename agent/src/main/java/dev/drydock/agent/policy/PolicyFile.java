package dev.drydock.agent.policy;

import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.document.YamlReader;
import dev.drydock.playbooks.parse.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The host's policy file. Reading it again sees what was changed. Safe for use by several threads. */
public record PolicyFile(Path file) {
    /** Where it is unless something else is said. */
    public static final Path DEFAULT = Path.of("/etc/drydock/policy.yaml");

    private static final int MAX_BYTES = 64 * 1024;

    /**
     * The policy as it is now; {@link HostPolicy#OPEN} when there is no such file.
     *
     * @throws InvalidPolicyException for anything else that is not a policy: nothing is allowed then
     */
    public HostPolicy read() throws InvalidPolicyException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            return HostPolicy.OPEN;
        } catch (IOException e) {
            throw new InvalidPolicyException("the host policy " + file + " cannot be read: " + e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new InvalidPolicyException(
                    "the host policy " + file + " is larger than the " + MAX_BYTES + " bytes allowed");
        }
        return parse(bytes);
    }

    private HostPolicy parse(byte[] bytes) throws InvalidPolicyException {
        Problems problems = new Problems(file.toString());
        try {
            HostPolicy policy = new PolicyReader(problems).read(YamlReader.read(bytes));
            if (problems.isEmpty()) {
                return policy;
            }
        } catch (SyntaxException e) {
            problems.add(e);
        }
        throw new InvalidPolicyException(
                problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
}
