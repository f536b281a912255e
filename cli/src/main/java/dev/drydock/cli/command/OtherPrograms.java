package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * The programs beside this one. The launcher script starts them before this program comes to it; they are listed here so
 * that help and completion know them.
 */
public final class OtherPrograms {
    private OtherPrograms() {}

    @Command(
            name = "controller",
            description = "Lists controllers, or runs one: the program drydock-controller.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock controller list",
                "  drydock controller run --data /var/lib/drydock --advertise ctl.example.com",
                "  drydock controller --help"
            })
    public static final class Controller implements Callable<Integer> {
        @Unmatched
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            throw elsewhere("drydock-controller", arguments);
        }
    }

    @Command(
            name = "agent",
            description = "Enrols and runs the agent on this host: the program drydock-agent.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock agent enroll --controller ctl.example.com:7443 --token-file token",
                "  drydock agent status"
            })
    public static final class Agent implements Callable<Integer> {
        @Unmatched
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            throw elsewhere("drydock-agent", arguments);
        }
    }

    private static CliException elsewhere(String program, List<String> arguments) {
        return CliException.usage(
                "That is a program of its own: " + program + ".",
                "Run " + (program + " " + String.join(" ", arguments)).strip()
                        + " from the bin folder of the distribution.");
    }
}
