package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.watch.Watch;
import dev.drydock.proto.v1.AbortRolloutRequest;
import dev.drydock.proto.v1.ApplyRolloutRequest;
import dev.drydock.proto.v1.ApproveRolloutRequest;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.PlanRolloutRequest;
import dev.drydock.proto.v1.ResumeRolloutRequest;
import dev.drydock.proto.v1.RetryRolloutRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock rollout}. */
@Command(
        name = "rollout",
        description = "Rollouts: a playbook on many hosts, wave by wave, inside a window.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock rollout list", "  drydock rollout watch web-0001"})
public final class RolloutCommands {
    private static final String NAME = "The rollout's name.";

    private final App app;

    public RolloutCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a rollout. It starts by itself when its window opens.",
                "The same command again changes nothing; another rollout of the same name is refused."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock rollout create web-0001 --playbook web@1 --hosts 'host.labels.role == \"web\"' \\",
                "      --window sunday-night",
                "  drydock rollout create web-0002 --playbook web@2 --hosts 'host.labels.role == \"web\"' \\",
                "      --window now --wave 1 --wave 50%% --max-concurrent 4 --failure-threshold 0 --soak 30s --watch",
                "  drydock rollout create openssl-now --playbook monthly --hosts true \\",
                "      --emergency 'CVE that is exploited'"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin RolloutFlags flags,
            @Option(names = "--watch", description = "Watch it at once, as drydock rollout watch does.")
                    boolean watch) {
        Optional<Watch> watching = watch ? Optional.of(new Watch(app)) : Optional.empty();
        RolloutSpec spec = flags.spec(name);
        Rollout rollout = app.api()
                .rollouts()
                .createRollout(CreateRolloutRequest.newBuilder().setSpec(spec).build());
        return made(rollout, watching);
    }

    private int made(Rollout rollout, Optional<Watch> watching) {
        String name = rollout.getSpec().getName();
        if (watching.isPresent()) {
            return watching.get().until(name);
        }
        Output output = app.output();
        print(rollout, () -> RolloutText.created(rollout, output.times()));
        if (rollout.getUnapprovedWave() > 0) {
            output.hint("Wave " + rollout.getUnapprovedWave()
                    + " waits for another person's approval: drydock rollout approve " + name);
        }
        output.hint("Watch it with: drydock rollout watch " + name);
        return 0;
    }

    @Command(
            name = "plan",
            description = {
                "Shows what a rollout would be and do, and changes nothing: waves, when they would begin and end, who is not",
                "in it, and what each host says that the playbook would change on it. The plan is kept under its name, so",
                "that it can be applied."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock rollout plan web-0001 --playbook web@1 --hosts 'host.labels.role == \"web\"' \\",
                "      --window sunday-night",
                "  drydock rollout apply web-0001"
            })
    int plan(@Parameters(paramLabel = "NAME", description = NAME) String name, @Mixin RolloutFlags flags) {
        RolloutPreview preview = app.api()
                .rollouts()
                .planRollout(PlanRolloutRequest.newBuilder()
                        .setSpec(flags.spec(name))
                        .build());
        Output output = app.output();
        output.answer(preview, List.of(name), () -> PreviewText.lines(preview, output));
        output.hint("The plan is kept as " + name + ". Apply it with: drydock rollout apply " + name);
        return 0;
    }

    @Command(
            name = "apply",
            description = {
                "Makes the rollout of a plan, and refuses if the world has moved from it: another version of the playbook,",
                "other hosts or waves, another opening, other changes on a host."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout apply web-0001", "  drydock rollout apply web-0001 --watch"})
    int apply(
            @Parameters(paramLabel = "NAME", description = "The plan's name.") String name,
            @Option(names = "--watch", description = "Watch it at once, as drydock rollout watch does.")
                    boolean watch) {
        Optional<Watch> watching = watch ? Optional.of(new Watch(app)) : Optional.empty();
        return made(
                app.api()
                        .rollouts()
                        .applyRollout(
                                ApplyRolloutRequest.newBuilder().setName(name).build()),
                watching);
    }

    @Command(
            name = "list",
            description = "Lists the rollouts.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout list", "  drydock rollout list --quiet"})
    int list() {
        ListRolloutsResponse rollouts = Pages.all(
                ListRolloutsRequest.getDefaultInstance(),
                app.api().rollouts()::listRollouts,
                ListRolloutsResponse::getNextPageToken);
        Output output = app.output();
        output.answer(
                rollouts,
                rollouts.getRolloutsList().stream()
                        .map(rollout -> rollout.getSpec().getName())
                        .toList(),
                () -> {
                    Table table = Table.of("NAME", "STATE", "PLAYBOOK", "WINDOW", "CREATED", "ENDED", "REASON");
                    rollouts.getRolloutsList()
                            .forEach(rollout -> table.row(
                                    Cell.of(rollout.getSpec().getName()),
                                    States.cell(rollout.getState()),
                                    Cell.of(rollout.getSpec().getPlaybook()),
                                    Cell.of(rollout.getSpec().getWindow()),
                                    Cell.of(output.times().relative(rollout.getCreatedAt())),
                                    Cell.of(output.times().relative(rollout.getEndedAt())),
                                    Cell.orDash(rollout.getReason())));
                    return output.list(
                            table.withoutEmpty("ENDED", "REASON"),
                            "No rollouts. Make one with drydock rollout create.");
                });
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows a rollout: what, when, each wave, each host, and who is not in it and why.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout show web-0001", "  drydock rollout show web-0001 --output json"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Rollout rollout = app.api()
                .rollouts()
                .getRollout(GetRolloutRequest.newBuilder().setName(name).build());
        Output output = app.output();
        print(rollout, () -> RolloutText.details(rollout, output));
        return 0;
    }

    @Command(
            name = "watch",
            description = {
                "Follows a rollout until it ends. Ctrl-C leaves the view; the rollout goes on.",
                "In a pipe it prints one line an event, with --output json one JSON object a line.",
                "Exit code: 0 completed, 4 completed but some hosts failed, 1 stopped or aborted."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout watch web-0001", "  drydock rollout watch web-0001 --output json | jq .notes"})
    int watch(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return new Watch(app).until(name);
    }

    @Command(
            name = "pause",
            description = "Starts no more hosts, until resumed. What runs goes on to its end.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout pause web-0001", "  drydock rollout pause web-0001 --quiet"})
    int pause(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Rollout rollout = app.api()
                .rollouts()
                .pauseRollout(PauseRolloutRequest.newBuilder().setName(name).build());
        print(rollout, () -> RolloutText.standing(rollout));
        app.output().hint("Go on with: drydock rollout resume " + name);
        return 0;
    }

    @Command(
            name = "resume",
            description = "Lets a paused rollout go on.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout resume web-0001", "  drydock rollout resume web-0001 --output json"})
    int resume(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Rollout rollout = app.api()
                .rollouts()
                .resumeRollout(ResumeRolloutRequest.newBuilder().setName(name).build());
        print(rollout, () -> RolloutText.standing(rollout));
        return 0;
    }

    @Command(
            name = "abort",
            description = {
                "Ends a rollout for good: no more hosts start.",
                "What runs goes on to its end, or with --roll-back goes back. Hosts already patched stay patched."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout abort web-0001", "  drydock rollout abort web-0001 --roll-back --yes"})
    int abort(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--roll-back", description = "Roll back what runs now.") boolean rollBack,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(
                yes,
                rollBack
                        ? "Abort rollout " + name + " for good and roll back what runs now?"
                        : "Abort rollout " + name + " for good?");
        Rollout rollout = app.api()
                .rollouts()
                .abortRollout(AbortRolloutRequest.newBuilder()
                        .setName(name)
                        .setRollBack(rollBack)
                        .build());
        print(rollout, () -> RolloutText.standing(rollout));
        return 0;
    }

    @Command(
            name = "approve",
            description = {
                "Lets a wave begin that needs a second person's word. Who made the rollout cannot approve it.",
                "It may be given before the wave is due."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock rollout approve web-0001",
                "  drydock rollout approve web-0001 --wave 2 --comment 'canary looks good'"
            })
    int approve(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--wave",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Which wave, from 1. Default: the first that still needs it.")
                    int wave,
            @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "For the record.")
                    String comment) {
        Rollout rollout = app.api()
                .rollouts()
                .approveRollout(ApproveRolloutRequest.newBuilder()
                        .setName(name)
                        .setWave(wave)
                        .setComment(comment)
                        .build());
        print(rollout, () -> RolloutText.standing(rollout));
        return 0;
    }

    @Command(
            name = "retry",
            description = {
                "Gives hosts that ended badly another run, also in the opening that is under way; a rollout that had",
                "stopped or ended for them goes on. A host whose way back failed is tried again only when it is named:",
                "look at it first."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock rollout retry web-0001", "  drydock rollout retry web-0001 --host web-07 --host web-09"
            })
    int retry(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--host", paramLabel = "HOST", description = "Only this host; may be given again.")
                    @Nullable
                    List<String> hosts) {
        Rollout rollout = app.api()
                .rollouts()
                .retryRollout(RetryRolloutRequest.newBuilder()
                        .setName(name)
                        .addAllHosts(Options.all(hosts))
                        .build());
        print(rollout, () -> RolloutText.standing(rollout));
        app.output().hint("Watch it with: drydock rollout watch " + name);
        return 0;
    }

    private void print(Rollout rollout, java.util.function.Supplier<List<String>> forPeople) {
        app.output().answer(rollout, List.of(rollout.getSpec().getName()), forPeople);
    }
}
