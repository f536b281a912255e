package dev.drydock.e2e.docs;

import dev.drydock.e2e.docs.TypedText.Statement;
import dev.drydock.e2e.docs.Typing.Prepared;
import dev.drydock.e2e.lab.LabHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.testcontainers.images.builder.Transferable;

/** A machine of the lab with the packages on it, in whose shell documents are typed. */
final class Desk {
    private static final String DESK = "/root/desk";
    private static final int SHOWN = 20_000;
    /** For one page. */
    private static final int SECONDS = 600;

    private final LabHost host;
    private final String folder;

    /** What became of a statement; without an exit code where it was not come to. */
    record Outcome(Prepared prepared, String exitCode, String said, String prepares) {
        boolean asExpected() {
            return prepared.fails()
                    ? !exitCode.equals("0")
                    : exitCode.equals(Integer.toString(prepared.exitCode()))
                            && missing().isEmpty();
        }

        /** Lines that the page shows and that were not said, but where the state that they tell of is another test's. */
        private List<String> missing() {
            Statement statement = prepared.statement();
            List<String> lines = said.lines().map(String::stripTrailing).toList();
            return ShownAnswersTest.SAMPLES.containsKey(statement.page())
                    ? List.of()
                    : statement.shown().stream()
                            .filter(line -> !lines.contains(line.stripTrailing()))
                            .toList();
        }

        String told() {
            return "%s%n  exit code %s, not %s; not said: %s%n%s%n  before and after:%n%s%n"
                    .formatted(
                            prepared.statement(),
                            exitCode.isEmpty() ? "none: not come to" : exitCode,
                            prepared.fails() ? "a failure, as NotTyped says" : prepared.exitCode(),
                            missing(),
                            said.indent(4),
                            prepares.indent(4));
        }
    }

    private Desk(LabHost host, String folder) {
        this.host = host;
        this.folder = folder;
    }

    /**
     * From now on {@code drydock} there is {@link DeskProgram}.
     *
     * @param folder in which everything is typed
     */
    static Desk at(LabHost host, String folder) {
        byte[] program;
        try (InputStream code =
                Objects.requireNonNull(DeskProgram.class.getResourceAsStream("DeskProgram.class"), "DeskProgram")) {
            program = code.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.copyFileToContainer(
                Transferable.of(program, 0644), DESK + "/classes/dev/drydock/e2e/docs/DeskProgram.class");
        host.put("/usr/local/bin/drydock", Typing.resource("drydock"), 0755);
        host.put(DESK + "/world.sh", Typing.resource("world.sh"), 0644);
        host.sh("""
                cd %1$s
                home=$(readlink -f /usr/bin/drydock); home=${home%%/bin/*}
                systemd-run --quiet --unit=desk --setenv=HOME=/root --setenv=USER=root --setenv=NO_COLOR=1 --working-directory=%2$s \
                  "$home/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow \
                  -cp "$(ls "$home"/lib/drydock-cli-*.jar):%1$s/classes" dev.drydock.e2e.docs.DeskProgram %1$s/socket
                for i in $(seq 100); do [ ! -S socket ] || exit 0; sleep 0.1; done
                journalctl -u desk --no-pager >&2; exit 1
                """.formatted(DESK, folder));
        return new Desk(host, folder);
    }

    /** Types all of it, one after the other, in one shell, whatever becomes of each. */
    List<Outcome> type(List<Prepared> all) {
        String run = DESK + "/run";
        StringBuilder script = new StringBuilder("""
                cd %s
                export HOME=/root USER=root
                . %s/world.sh
                """.formatted(folder, DESK));
        StringBuilder show = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            Prepared one = all.get(i);
            script.append("{ :\n%3$s} >%1$s/%2$d.prepares 2>&1 </dev/null\n".formatted(run, i, one.before()));
            script.append("OUT=%s/%d.out\n".formatted(run, i));
            script.append("export TYPED=$(%s; echo .); TYPED=${TYPED%%.}\n".formatted(one.typed()));
            script.append("{ eval %s; } >%s/%d.out 2>%2$s/%3$d.err </dev/null; echo $? >%2$s/%3$d.code\n"
                    .formatted(quoted(one.text()), run, i));
            script.append(
                    "unset TYPED\n{ :\n%3$s} >>%1$s/%2$d.prepares 2>&1 </dev/null\n".formatted(run, i, one.after()));
        }
        host.sh("rm -rf " + run + " && mkdir -p " + run);
        host.put(run + "/script", script.toString(), 0644);
        host.trySh("timeout %d bash %s/script >%2$s/shell 2>&1".formatted(SECONDS, run));
        show.append("cd ")
                .append(run)
                .append("\nfor i in $(seq 0 ")
                .append(all.size() - 1)
                .append("""
                ); do
                  cat $i.code 2>/dev/null; printf '\\001'
                  head -c %1$d $i.out 2>/dev/null; head -c %1$d $i.err 2>/dev/null; printf '\\001'
                  tail -c %1$d $i.prepares 2>/dev/null; printf '\\002'
                done; cat shell
                """.formatted(SHOWN));
        String[] shown = host.trySh(show.toString()).getStdout().split("\002", -1);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String[] parts = shown[i].split("\001", -1);
            outcomes.add(new Outcome(all.get(i), parts[0].strip(), parts[1].strip(), parts[2].strip()));
        }
        String shell = shown[shown.length - 1].strip();
        if (!shell.isEmpty()) {
            System.out.println(shell);
        }
        return outcomes;
    }

    /** A file that a page has somebody write. */
    void put(String name, List<String> lines) {
        host.put(folder + "/" + name, String.join("\n", lines) + "\n", 0644);
    }

    /** For the shell of {@link #type}. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
