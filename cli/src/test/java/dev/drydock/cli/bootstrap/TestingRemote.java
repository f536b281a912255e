package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.SshFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A host that answers by what is in the command, the first that fits, several answers one after the other and the last for ever; it
 * remembers commands and input.
 */
final class TestingRemote implements Remote {
    private final Map<String, Deque<Answer>> answers = new LinkedHashMap<>();
    final List<String> commands = new ArrayList<>();
    final List<String> inputs = new ArrayList<>();
    boolean closed;

    TestingRemote answer(String part, int exit, String out, String err) {
        answers.computeIfAbsent(part, any -> new ArrayDeque<>()).add(new Answer(exit, out, err));
        return this;
    }

    @Override
    public Answer run(String command, Input input, Duration limit) throws SshFault {
        commands.add(command);
        try (InputStream in = input.open()) {
            inputs.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers.entrySet().stream()
                .filter(each -> command.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .map(left -> left.size() > 1 ? left.remove() : left.element())
                .findFirst()
                .orElse(new Answer(0, "", ""));
    }

    @Override
    public void close() {
        closed = true;
    }
}
