package dev.drydock.e2e.docs;

import dev.drydock.e2e.lab.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Variables of the environment that programs and scripts read or set. */
record Variable(String name, String of, String says) {
    private static final Pattern NAME = Pattern.compile("DRYDOCK_[A-Z][A-Z_]*[A-Z]");
    private static final List<String> SOURCES = List.of(
            "agent/src/main",
            "controller/src/main",
            "cli/src/main",
            "dist/src/main",
            "e2e/demo",
            "e2e/lab",
            "bench/run.sh",
            "build",
            "Makefile");

    /** For the page, in its order. */
    static final List<Variable> ALL = List.of(
            new Variable(
                    "DRYDOCK_JAVA_OPTS",
                    "all three programs",
                    "Options for the Java machine, for example `-Xmx2g`. Of the services: in `/etc/default/drydock-controller` and `/etc/default/drydock-agent`."),
            new Variable("DRYDOCK_CONTEXT", "`drydock`", "The context, where `--context` does not say."),
            new Variable(
                    "DRYDOCK_ADDRESS",
                    "`drydock`",
                    "Wins over the context's address. With the next two it needs no file of contexts."),
            new Variable("DRYDOCK_CA", "`drydock`", "A file; wins over the context's CA."),
            new Variable("DRYDOCK_TOKEN_FILE", "`drydock`", "A file; wins over the context's token."),
            new Variable(
                    "DRYDOCK_CONTROLLER_OPTS",
                    "the controller's service",
                    "Options of `drydock-controller run`, in `/etc/default/drydock-controller`. `drydock-controller doctor` reads them there."),
            new Variable(
                    "DRYDOCK_AGENT_OPTS",
                    "the agent's service",
                    "Options of `drydock-agent run`, in `/etc/default/drydock-agent`. The updater finds the agent's directory by it."),
            new Variable(
                    "DRYDOCK_AGENT_HOME",
                    "the agent's updater",
                    "Where its versions lie. Default: `/usr/lib/drydock-agent`."),
            new Variable(
                    "DRYDOCK_AGENT_DATA",
                    "the agent's updater",
                    "The agent's directory where its options name none. Default: `/var/lib/drydock-agent`."),
            new Variable(
                    "DRYDOCK_UPDATE_JOURNAL",
                    "the agent's updater",
                    "Where it writes down how far it is. Default: `/var/lib/drydock-agent-update`."),
            new Variable(
                    "DRYDOCK_STEP",
                    "what agents start",
                    "Set by the agent: the run and step that a program belongs to, by which an agent that comes back finds it."),
            new Variable(
                    "DRYDOCK_SESSION",
                    "what agents start",
                    "Set by the agent: the session that a program was started in, by which its daemons are told from it."),
            new Variable(
                    "DRYDOCK_DEMO",
                    "`make demo`",
                    "The name of its folder, hosts and network, for one beside another."),
            new Variable("DRYDOCK_DEMO_BUILD", "`make demo`", "`no`: takes the distribution as it was built last."),
            new Variable(
                    "DRYDOCK_LAB_ENGINE",
                    "`make demo`, `make test`",
                    "`none`: behaves as where no container engine can be had."),
            new Variable(
                    "DRYDOCK_BENCH_KEEP",
                    "`bench/run.sh`",
                    "Where measurements are kept. Default: `bench/results/latest`."),
            new Variable("DRYDOCK_UNTRAINED", "`make package`", "Anything: makes no caches of classes, for tests."));

    /** Those that code and scripts name. */
    static Set<String> named() {
        Set<String> names = new TreeSet<>();
        for (String source : SOURCES) {
            try (Stream<Path> files = Files.walk(Repository.root().resolve(source))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher name = NAME.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                    while (name.find()) {
                        names.add(name.group());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }
}
