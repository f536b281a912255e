package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The three packages: agent, controller and command line. */
final class Products {
    /** What the agent's package brings; versions that run are made of it. */
    static final String AGENT_IMAGE = "/usr/lib/drydock-agent/image";

    private final Path target;
    private final Path sources;
    private final String version;
    private final Instant made;
    private final Materials materials;

    /**
     * @param target what {@code pack.sh} laid out, and the bill of materials
     * @param sources what is in packages beside the programs: {@code src/main/packages} and {@code src/main/systemd}
     */
    Products(Path target, Path sources, String version, Instant made) throws IOException {
        this.target = target;
        this.sources = sources;
        this.version = version;
        this.made = made;
        this.materials = Materials.read(target.resolve("bom.json"));
    }

    /** @param wanted their names; all of them when empty */
    List<Software> all(List<String> wanted) throws IOException {
        List<Software> all = new ArrayList<>();
        if (wanted.isEmpty() || wanted.contains("drydock-agent")) {
            all.add(agent());
        }
        if (wanted.isEmpty() || wanted.contains("drydock-controller")) {
            all.add(controller());
        }
        if (wanted.isEmpty() || wanted.contains("drydock-cli")) {
            all.add(cli());
        }
        return all;
    }

    private Software agent() throws IOException {
        Tree tree = new Tree();
        Set<String> jars = program(tree, target.resolve("drydock-agent"), AGENT_IMAGE, "drydock-agent");
        tree.put(AGENT_IMAGE + "/BUILD", Entry.Content.of(version + "-" + tree.identity(AGENT_IMAGE) + "\n", 0644));
        tree.put("/usr/bin/drydock-agent", new Entry.Link("../lib/drydock-agent/current/bin/drydock-agent"));
        service(tree, "drydock-agent");
        help(tree, "drydock-agent", 8, dev.drydock.agent.Main.commands());
        return finish(
                "drydock-agent",
                "agent of Drydock, which patches fleets of servers",
                """
                It runs on each host, takes signed playbooks from the controller inside their windows, and ends every run
                patched and verified, or rolled back and verified. It brings its own Java runtime.
                """,
                "libc6",
                tree,
                jars,
                target.resolve("drydock-agent/runtime"));
    }

    private Software controller() throws IOException {
        Tree tree = new Tree();
        String home = "/usr/lib/drydock-controller";
        Set<String> jars = program(tree, target.resolve("drydock"), home, "drydock-controller");
        tree.put("/usr/bin/drydock-controller", new Entry.Link("../lib/drydock-controller/bin/drydock-controller"));
        service(tree, "drydock-controller");
        help(tree, "drydock-controller", 8, dev.drydock.controller.Main.commands());
        return finish(
                "drydock-controller",
                "controller of Drydock, which patches fleets of servers",
                """
                It keeps playbooks, windows, rollouts and the record of every run, and talks to agents and to people. It brings
                its own Java runtime and its own database.
                """,
                "libc6, passwd",
                tree,
                jars,
                target.resolve("drydock/runtime"));
    }

    private Software cli() throws IOException {
        Tree tree = new Tree();
        Set<String> jars = program(tree, target.resolve("drydock"), "/usr/lib/drydock", "drydock");
        tree.put("/usr/bin/drydock", new Entry.Link("../lib/drydock/bin/drydock"));
        help(tree, "drydock", 1, dev.drydock.cli.Main.commands());
        return finish(
                "drydock-cli",
                "command line of Drydock, which patches fleets of servers",
                """
                The command drydock, with which people work with a controller. It brings its own Java runtime.
                """,
                "libc6",
                tree,
                jars,
                target.resolve("drydock/runtime"));
    }

    /**
     * A program with the runtime and the jars that it needs. Without its cache of classes, which is not the same twice: the host
     * makes it when the package is installed.
     */
    private Set<String> program(Tree tree, Path folder, String home, String program) throws IOException {
        String module = program.equals("drydock") ? "drydock-cli" : program;
        Set<String> jars = Jars.of(folder.resolve("lib"), module + "-" + projectVersion(folder) + ".jar");
        for (String jar : jars) {
            tree.put(home + "/lib/" + jar, new Entry.File(folder.resolve("lib").resolve(jar), 0644));
        }
        tree.put(home + "/lib/aot", new Entry.Directory(0755));
        tree.copy(folder.resolve("runtime"), home + "/runtime", name -> true);
        tree.put(home + "/bin/" + program, new Entry.File(folder.resolve("bin").resolve(program), 0755));
        tree.put(home + "/bin/make-cache", new Entry.File(sources.resolve("packages/make-cache"), 0755));
        tree.put(home + "/VERSION", Entry.Content.of(version + "\n", 0644));
        tree.put(home + "/LICENSE", new Entry.File(folder.resolve("LICENSE"), 0644));
        return jars;
    }

    private static String projectVersion(Path folder) throws IOException {
        return Files.readString(folder.resolve("VERSION")).strip();
    }

    private void service(Tree tree, String name) throws IOException {
        String condition = name.equals("drydock-agent")
                ? "# Until it is enrolled there is nothing for it to do.\n"
                        + "ConditionPathExists=/var/lib/drydock-agent/identity/current\n"
                : "";
        String unit = Files.readString(sources.resolve("systemd").resolve(name + ".service"))
                .replace("[Unit]\n", "[Unit]\nDocumentation=man:" + name + "(8)\n" + condition)
                .replaceAll("/opt/drydock[a-z-]*/bin/", "/usr/bin/");
        tree.put("/usr/lib/systemd/system/" + name + ".service", Entry.Content.of(unit, 0644));
        tree.put(
                "/etc/default/" + name,
                new Entry.Content(Files.readAllBytes(sources.resolve("packages/" + name + ".default")), 0644, true));
    }

    private void help(Tree tree, String program, int section, CommandLine commands) throws IOException {
        tree.put(
                "/usr/share/man/man" + section + "/" + program + "." + section + ".gz",
                new Entry.Content(ManPage.of(commands, section, version, made), 0644, false));
        String completion = AutoComplete.bash(program, commands);
        tree.put("/usr/share/bash-completion/completions/" + program, Entry.Content.of(completion, 0644));
        for (String folder : List.of("vendor-completions", "site-functions")) {
            tree.put("/usr/share/zsh/" + folder + "/_" + program, Entry.Content.of(zsh(program), 0644));
        }
    }

    /** Picocli's script serves zsh too, by zsh's own emulation of bash, which knows the function for a command by then. */
    private static String zsh(String program) {
        return """
                #compdef %1$s
                autoload -Uz bashcompinit && bashcompinit
                source /usr/share/bash-completion/completions/%1$s
                _bash_complete -o default -F _complete_%1$s
                """.formatted(program);
    }

    private Software finish(
            String name, String summary, String description, String needs, Tree tree, Set<String> jars, Path runtime)
            throws IOException {
        Path own = sources.resolve("packages/" + name);
        if (Files.isDirectory(own)) {
            tree.copy(own, "", path -> true);
        }
        String doc = "/usr/share/doc/" + name;
        Software software = new Software(
                name,
                version,
                summary,
                description,
                "admin",
                needs,
                tree,
                Files.readString(sources.resolve("packages/" + name + ".scripts"), StandardCharsets.UTF_8));
        var java = Materials.runtime(runtime);
        tree.put(doc + "/copyright", Entry.Content.of(materials.thirdParty(jars, java), 0644));
        tree.put(doc + "/LICENSE", new Entry.File(target.resolve("drydock/LICENSE"), 0644));
        tree.put(doc + "/sbom.cdx.json", Entry.Content.of(materials.bill(software, jars, java), 0644));
        return software;
    }
}
