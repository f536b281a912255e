package dev.drydock.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The root command: options for all, no action of its own. */
@Command(
        name = "drydock",
        description = {
            "Patches fleets of servers. Every run ends patched and verified, or rolled back and verified.",
            ""
        },
        synopsisSubcommandLabel = "NOUN VERB",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions for every command:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage: nothing was tried",
            "3:refused: by a rule, a signature, a role, or by you",
            "4:partly failed: the rollout is complete, but some hosts failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock login --address ctl.example.com:8443 --ca ca.crt --token-file admin.token",
            "  drydock token create --uses 10 --ttl 1h --label role=web",
            "  drydock rollout create web-0001 --playbook web@1 --hosts 'host.labels.role == \"web\"' \\",
            "      --window sunday-night --wave 1 --wave 50%% --watch",
            "  drydock report compliance"
        })
final class Drydock {
    @Mixin
    private final GlobalOptions options;

    Drydock(GlobalOptions options) {
        this.options = options;
    }
}
