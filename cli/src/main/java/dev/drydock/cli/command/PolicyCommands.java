package dev.drydock.cli.command;

import com.google.protobuf.ByteString;
import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.Diff;
import dev.drydock.playbooks.Difference;
import dev.drydock.proto.v1.GetPolicyRequest;
import dev.drydock.proto.v1.ListPoliciesRequest;
import dev.drydock.proto.v1.ListPoliciesResponse;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PushPolicyRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drydock policy}. */
@Command(
        name = "policy",
        description = "Policies: what is expected of hosts, in versions that never change.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock policy show drydock-default > web.yaml",
            "  drydock policy lint web.yaml",
            "  drydock policy push web.yaml"
        })
public final class PolicyCommands {
    private static final String REFERENCE = "NAME for the newest version, or NAME@VERSION.";

    private final App app;

    public PolicyCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "lint",
            description = {
                "Checks policies without a controller: their shape, checks and expressions.",
                "Prints what is wrong as FILE:LINE:COLUMN on standard error and exits with 1 when there are errors."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock policy lint web.yaml", "  drydock policy lint policies/*.yaml --output json"})
    int lint(@Parameters(paramLabel = "FILE", arity = "1..*", description = "Policies, YAML.") List<Path> files) {
        return PolicyFile.lint(app, files) ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Command(
            name = "push",
            description = {
                "Gives a policy to the controller, as the next version of its name; it counts from then on.",
                "What the newest version says already changes nothing."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock policy push web.yaml", "  drydock policy push web.yaml --quiet"})
    int push(@Parameters(paramLabel = "FILE", description = "The policy, YAML.") Path file) {
        Policy pushed = app.api()
                .policies()
                .pushPolicy(PushPolicyRequest.newBuilder()
                        .setSourceBytes(ByteString.copyFrom(PolicyFile.read(file)))
                        .build());
        Output output = app.output();
        output.answer(
                pushed,
                List.of(PolicyFile.reference(pushed)),
                () -> List.of(PolicyFile.reference(pushed), "Digest " + pushed.getDigest()));
        output.hint("See how hosts stand by it: drydock report compliance");
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            description = "Lists the policies with their newest version, which counts, or all versions of one.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock policy list", "  drydock policy list web"})
    int list(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one, all its versions.") @Nullable
                    String name) {
        ListPoliciesResponse policies = app.api()
                .policies()
                .listPolicies(ListPoliciesRequest.newBuilder()
                        .setName(Options.orEmpty(name))
                        .build());
        Output output = app.output();
        output.answer(
                policies,
                policies.getPoliciesList().stream().map(PolicyFile::reference).toList(),
                () -> output.render(table(policies.getPoliciesList(), output.times())));
        return ExitCode.DONE;
    }

    private static Table table(List<Policy> policies, Times times) {
        Table table = Table.of("POLICY", "PUSHED BY", "PUSHED", "DESCRIPTION");
        policies.forEach(policy -> table.row(
                Cell.of(PolicyFile.reference(policy)),
                Cell.of(policy.getPushedBy()),
                Cell.of(policy.hasPushedAt() ? times.atAndRelative(policy.getPushedAt()) : "built in"),
                Cell.orDash(policy.getDescription())));
        return table;
    }

    @Command(
            name = "show",
            description = "Prints a policy as it was written.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock policy show web", "  drydock policy show web@6"})
    int show(@Parameters(paramLabel = "NAME[@VERSION]", description = REFERENCE) String reference) {
        Policy policy = app.api()
                .policies()
                .getPolicy(GetPolicyRequest.newBuilder().setReference(reference).build());
        app.output().answer(policy, List.of(PolicyFile.reference(policy)), () -> policy.getSource()
                .lines()
                .toList());
        return ExitCode.DONE;
    }

    @Command(
            name = "diff",
            description = {
                "Compares what two policies mean, by path: ~ changed, + added, - removed.",
                "How they are written (order of keys, comments) makes no difference."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock policy diff web@6 web@7", "  drydock policy diff web web.yaml"})
    int diff(
            @Parameters(paramLabel = "OLD", description = "A file, or a reference: " + REFERENCE) String before,
            @Parameters(paramLabel = "NEW", description = "A file, or a reference.") String after) {
        List<Difference> differences = Diff.between(PolicyFile.resolve(app, before), PolicyFile.resolve(app, after));
        app.output()
                .answer(
                        PlaybookSource.tree(before, after, differences),
                        differences.stream().map(Difference::path).toList(),
                        () -> differences.isEmpty()
                                ? List.of("No difference: " + before + " and " + after + " mean the same.")
                                : differences.stream().map(Difference::toString).toList());
        return ExitCode.DONE;
    }
}
