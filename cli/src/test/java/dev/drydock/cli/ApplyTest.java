package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.CreateCalendarRequest;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.DeleteTeamRequest;
import dev.drydock.proto.v1.DeleteTeamResponse;
import dev.drydock.proto.v1.DeleteWindowRequest;
import dev.drydock.proto.v1.DeleteWindowResponse;
import dev.drydock.proto.v1.GetPolicyRequest;
import dev.drydock.proto.v1.ListCalendarsResponse;
import dev.drydock.proto.v1.ListContractsResponse;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.ListPoliciesResponse;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.MaintenanceType;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PushPolicyRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Window;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people and scripts see of an apply, and what is asked of the controller. */
class ApplyTest extends FunctionalTest {
    private static final Window SUNDAY = Window.newBuilder()
            .setName("sunday-night")
            .setRrule("FREQ=WEEKLY;BYDAY=SU")
            .setStart("2026-11-29T02:00")
            .setZone("Asia/Tokyo")
            .setDuration(Duration.newBuilder().setSeconds(3 * 3600))
            .setReserve(Duration.newBuilder().setSeconds(900))
            .setEtag("as-it-was-seen")
            .build();

    private static final Contract SHOP = Contract.newBuilder()
            .setName("shop")
            .setClient("Shop Ltd")
            .setHosts("host.labels.client == \"shop\"")
            .setZone("Asia/Tokyo")
            .addAllDays(List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"))
            .setOpens("09:00")
            .setCloses("18:00")
            .addTerms(ContractTerms.newBuilder()
                    .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                    .setResponse(Duration.newBuilder().setSeconds(4 * 3600))
                    .setFixBusinessDays(3))
            .setEtag("contract-as-it-was")
            .build();

    private Path file;

    @BeforeEach
    void thereIsAWindow() {
        plane.answer("ListPlaybooks", ListPlaybooksResponse.getDefaultInstance());
        plane.answer("ListCalendars", ListCalendarsResponse.getDefaultInstance());
        plane.answer("ListContracts", ListContractsResponse.getDefaultInstance());
        plane.answer("ListPolicies", ListPoliciesResponse.getDefaultInstance());
        plane.answer("ListTeams", ListTeamsResponse.getDefaultInstance());
        plane.answer(
                "ListWindows",
                ListWindowsResponse.newBuilder()
                        .addWindows(SUNDAY)
                        .addWindows(SUNDAY.toBuilder().setName("monday-night"))
                        .build());
        plane.answer(
                "ListRollouts",
                ListRolloutsResponse.newBuilder()
                        .addRollouts(Rollout.newBuilder()
                                .setState(RolloutState.SCHEDULED)
                                .setSpec(RolloutSpec.newBuilder()
                                        .setName("web-1")
                                        .setWindow("sunday-night")))
                        .build());
        plane.answer("CreateCalendar", Calendar.getDefaultInstance());
        plane.answer("CreateWindow", CreateWindowRequest.class, request -> {
            if (request.getValidateOnly()) {
                throw Status.ALREADY_EXISTS
                        .withDescription("There is another window.")
                        .asRuntimeException();
            }
            return request.getWindow();
        });
        plane.answer("DeleteWindow", DeleteWindowResponse.getDefaultInstance());
        file = shell.file("maintenance.yaml", """
                apiVersion: drydock/v1
                kind: Window
                metadata: {name: sunday-night}
                spec:
                  rrule: FREQ=WEEKLY;BYDAY=SU
                  start: 2026-11-29T02:00
                  zone: Asia/Tokyo
                  duration: 4h
                  calendars: [black-friday]
                ---
                apiVersion: drydock/v1
                kind: Calendar
                metadata: {name: black-friday}
                spec:
                  timezone: Europe/Berlin
                  dates: [2026-11-23/2026-11-30, 2026-12-25]
                """);
    }

    private Shell.Ended apply(String... more) {
        String[] call = new String[more.length + 3];
        System.arraycopy(new String[] {"apply", "-f", file.toString()}, 0, call, 0, 3);
        System.arraycopy(more, 0, call, 3, more.length);
        return shell.run(call);
    }

    private List<CreateWindowRequest> changes() {
        return plane.asked(CreateWindowRequest.class).stream()
                .filter(request -> !request.getValidateOnly())
                .toList();
    }

    private Shell.Ended applyShop(String response) {
        plane.answer(
                "ListContracts",
                ListContractsResponse.newBuilder().addContracts(SHOP).build());
        plane.answer("CreateContract", CreateContractRequest.class, request -> {
            if (request.getValidateOnly() && request.getTerms(0).getResponse().getSeconds() != 4 * 3600) {
                throw Status.ALREADY_EXISTS.withDescription("another").asRuntimeException();
            }
            return SHOP;
        });
        file = shell.file("shop.yaml", """
                apiVersion: drydock/v1
                kind: Contract
                metadata: {name: shop}
                spec:
                  client: Shop Ltd
                  hosts: host.labels.client == "shop"
                  zone: Asia/Tokyo
                  hours: 09:00-18:00
                  days: [friday, monday, tuesday, wednesday, thursday]
                  cover:
                    corrective: {response: %s, fixBusinessDays: 3}
                """.formatted(response));
        return apply("--yes");
    }

    @Test
    void aContractIsReplacedWhereItDiffersAndElseLeftAlone() {
        assertThat(applyShop("240m").out()).contains("1 unchanged");
        assertThat(plane.asked(CreateContractRequest.class)).allMatch(CreateContractRequest::getValidateOnly);

        assertThat(applyShop("2h").out()).contains("~ change  Contract shop", "\"4h\" → \"2h\"");
        assertThat(plane.asked(CreateContractRequest.class)).last().satisfies(request -> {
            assertThat(request.getReplace()).isTrue();
            assertThat(request.getEtag()).isEqualTo("contract-as-it-was");
            assertThat(request.getTerms(0).getFixBusinessDays()).isEqualTo(3);
        });
        assertThat(applyShop("soon").err()).contains("spec.cover.corrective.response: expected a duration");
    }

    private static final String WEB = """
            apiVersion: drydock/v1
            kind: Policy
            metadata: {name: web}
            spec:
              hosts: host.labels.role == "web" # those that clients see
              rules:
                - id: updates
                  securityUpdates: {olderThan: 7d}
            """;

    /** A team that says what the controller has of {@link Fleet#dba()} is the same, and any other is another. */
    private void thereAreATeamAndPolicies() {
        Policy web = Policy.newBuilder()
                .setName("web")
                .setVersion(7)
                .setPushedAt(Fleet.at("2026-11-24T01:00:00Z"))
                .build();
        Policy own =
                Policy.newBuilder().setName("drydock-default").setVersion(1).build();
        plane.answer(
                "ListPolicies",
                ListPoliciesResponse.newBuilder()
                        .addPolicies(web)
                        .addPolicies(own)
                        .build());
        plane.answer("GetPolicy", GetPolicyRequest.class, request -> web.toBuilder()
                .setSource(WEB.replace("web}", request.getReference().replaceFirst("@.*", "}")))
                .build());
        plane.answer("PushPolicy", web);
        plane.answer(
                "ListTeams",
                ListTeamsResponse.newBuilder().addTeams(Fleet.dba()).build());
        plane.answer("CreateTeam", CreateTeamRequest.class, request -> {
            boolean kept = request.getWebhook().isEmpty()
                    || request.getWebhook().equals(Fleet.dba().getWebhook());
            boolean same = request.getMailList().equals(Fleet.dba().getMailList())
                    && request.getWebhookSecret().isEmpty()
                    && request.getWebhook().equals(Fleet.dba().getWebhook());
            return CreateTeamResponse.newBuilder()
                    .setTeam(Fleet.dba().toBuilder().setEtag(same ? "e-1" : "another"))
                    .setWebhookSecretMade(!kept && request.getWebhookSecret().isEmpty())
                    .build();
        });
        plane.answer("DeleteTeam", DeleteTeamResponse.getDefaultInstance());
    }

    private List<CreateTeamRequest> teamsMade() {
        return plane.asked(CreateTeamRequest.class).stream()
                .filter(request -> !request.getValidateOnly())
                .toList();
    }

    private Shell.Ended applyTeam(String name, String spec) {
        file = shell.file(
                "team.yaml",
                "apiVersion: drydock/v1\nkind: Team\nmetadata: {name: " + name + "}\nspec:\n" + spec.indent(2));
        return apply("--yes");
    }

    @Test
    void whatWasExportedChangesNothing() throws Exception {
        thereAreATeamAndPolicies();
        Path to = folder.resolve("exported");

        Shell.Ended exported = shell.run("export", to.toString(), "--kind", "team", "--kind", "policy");

        assertThat(exported.err())
                .contains("Not written: the whole links of the teams dba, and the keys of webhooks.")
                .contains("Not written: versions of policies before the newest.");
        assertThat(to.resolve("policies/web.yaml")).hasContent(WEB);
        assertThat(to.resolve("policies/drydock-default.yaml")).doesNotExist();
        Golden.check("export-team", Files.readString(to.resolve("teams/dba.yaml")));
        file = to;
        assertThat(apply("--yes").out()).isEqualTo("Nothing to change: 2 unchanged.\n");
        assertThat(shell.run("export", to.toString(), "--kind", "team", "--kind", "policy")
                        .out())
                .contains("0 written", "2 said so already");
        assertThat(teamsMade()).isEmpty();
        assertThat(plane.asked(PushPolicyRequest.class)).isEmpty();
        file = shell.file(
                "all.yaml",
                shell.run("export", "-", "--kind", "team", "--kind", "policy").out());
        assertThat(apply("--yes").out()).contains("Nothing to change: 2 unchanged.");
    }

    @Test
    void aPolicyIsPushedWhereItMeansSomethingElse() {
        thereAreATeamAndPolicies();
        file = shell.file(
                "web.yaml", WEB.replace("# those", "# only those").replace("olderThan: 7d", "olderThan: 168h"));
        assertThat(apply("--yes").out()).contains("Nothing to change: 1 unchanged.");

        file = shell.file("web.yaml", WEB.replace("7d", "3d"));
        assertThat(apply("--yes", "--prune").out())
                .contains("~ push  Policy web", "as the next version after web@7", "done  push  Policy web")
                .doesNotContain("- remove");
        assertThat(plane.asked(PushPolicyRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(request.getSource()).isEqualTo(WEB.replace("7d", "3d")));

        file = shell.file("own.yaml", WEB.replace("name: web", "name: drydock-default"));
        Shell.Ended own = apply("--yes");
        assertThat(own.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(own.out()).contains("'drydock-default' is the name of the built-in policy; choose another");
    }

    @Test
    void aTeamIsReplacedWhereItDiffersAndKeepsItsLinks() {
        thereAreATeamAndPolicies();
        Shell.Ended ended = applyTeam("dba", """
                hosts: host.labels.role == "db"
                mail: [dba@example.com, night@example.com]
                webhook: https://chat.example.com/…
                slack: https://hooks.example.com/…
                least: {slack: warning}
                quiet: {hours: 20:00-08:00, zone: Europe/Berlin, days: [friday, saturday]}""");

        assertThat(ended.out()).contains("~ change  Team dba", "night@example.com", "done  change  Team dba");
        assertThat(teamsMade()).singleElement().satisfies(request -> {
            assertThat(request.getReplace()).isTrue();
            assertThat(request.getEtag()).isEqualTo("e-1");
            assertThat(request.getSlack()).isEqualTo("https://hooks.example.com/…");
            assertThat(request.getWebhookSecret()).isEmpty();
        });
    }

    @Test
    void noKeyOfATeamIsMadeThatNobodyWouldHave() {
        thereAreATeamAndPolicies();
        String hook = "hosts: 'true'\nwebhook: https://ops.example.com/hook?a=hidden\n";

        Shell.Ended without = applyTeam("ops", hook);
        assertThat(without.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(without.out()).contains("! refused  Team ops", "webhookSecretFromEnvironment");
        assertThat(teamsMade()).isEmpty();

        shell.variables.put("HOOK_KEY", "whsec_hidden");
        Shell.Ended with = applyTeam("ops", hook + "webhookSecretFromEnvironment: HOOK_KEY");
        assertThat(with.exitCode()).isZero();
        assertThat(without.out() + without.err() + with.out() + with.err()).doesNotContain("hidden");
        assertThat(teamsMade()).singleElement().satisfies(request -> {
            assertThat(request.getReplace()).isFalse();
            assertThat(request.getWebhookSecret()).isEqualTo("whsec_hidden");
        });
        assertThat(plane.asked(DeleteTeamRequest.class)).isEmpty();
        assertThat(apply("--yes", "--prune").out()).contains("- remove  Team dba");
        assertThat(plane.asked(DeleteTeamRequest.class))
                .containsExactly(DeleteTeamRequest.newBuilder()
                        .setName("dba")
                        .setEtag("e-1")
                        .build());
    }

    @Test
    void showsWhatWouldChangeAndThenDoesIt() {
        Shell.Ended ended = apply("--prune", "--yes");

        Golden.check("apply", ended.out().replace(folder.toString(), "DIR"));
        assertThat(ended.err()).isEmpty();
        assertThat(changes()).singleElement().satisfies(request -> {
            assertThat(request.getReplace()).isTrue();
            assertThat(request.getEtag()).isEqualTo("as-it-was-seen");
            assertThat(request.getWindow().getDuration().getSeconds()).isEqualTo(4 * 3600);
        });
        assertThat(plane.asked(CreateCalendarRequest.class)).last().satisfies(request -> {
            assertThat(request.getReplace())
                    .as("nobody's that was made meanwhile")
                    .isFalse();
            assertThat(request.getDates()).isEqualTo("2026-11-23/2026-11-30,2026-12-25");
        });
        assertThat(plane.asked(DeleteWindowRequest.class))
                .containsExactly(DeleteWindowRequest.newBuilder()
                        .setName("monday-night")
                        .setEtag("as-it-was-seen")
                        .build());
    }

    @Test
    void asksAPersonAndDoesNothingWithoutAYes() {
        shell.on(TestingTerminal.of(100, 30)).typing("n\n");

        Shell.Ended no = apply();
        assertThat(no.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(no.out()).contains("Window sunday-night");
        assertThat(no.err()).contains("Do this on " + plane.address() + "? [y/N]");
        assertThat(changes()).isEmpty();
        shell.typing("y\n");
        assertThat(apply().exitCode()).isZero();
        assertThat(changes()).hasSize(1);
    }

    @Test
    void aScriptSaysYesBeforehand() {
        Shell.Ended ended = apply("--quiet");

        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("~ change  Window sunday-night", "Give --yes");
        assertThat(changes()).isEmpty();
        assertThat(apply("--quiet", "--yes").out()).isEqualTo("Calendar/black-friday\nWindow/sunday-night\n");
    }

    @Test
    void scriptsReadThePlanAndWhatBecameOfIt() {
        Golden.check(
                "apply-dry-json", apply("--dry-run", "--output", "json").out().replace(folder.toString(), "DIR"));
        assertThat(changes()).isEmpty();
        assertThat(apply("--yes", "--output", "yaml").out())
                .contains("action: change", "result: done")
                .doesNotContain("not_done");
    }

    @Test
    void whatFailsOnTheWaySaysHowFarItCame() {
        plane.refuse(
                "DeleteWindow", Status.FAILED_PRECONDITION.withDescription("The window monday-night was changed."));

        Shell.Ended ended = apply("--prune", "--yes", "--output", "json");

        assertThat(ended.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(ended.out()).contains("\"result\":\"failed\"", "\"result\":\"not_done\"", "\"result\":\"done\"");
        assertThat(ended.err()).contains("Stopped at Window monday-night, after 1 of 3 steps: The window monday-night");
        plane.refuse(
                "CreateCalendar", Status.PERMISSION_DENIED.withDescription("CreateCalendar needs the role operator."));
        assertThat(apply("--yes").exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void filesThatAreWrongAreNotEvenAskedAbout() {
        file = shell.file(
                "wrong.yaml", "apiVersion: drydock/v1\nkind: Window\nmetadata: {name: w}\nspec: {strat: now}\n");

        Shell.Ended ended = apply("--yes");

        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("wrong.yaml:4:8: spec.strat: unknown key 'strat'; did you mean start?");
        assertThat(plane.asked()).isEmpty();
        assertThat(shell.run("export", "-", "--kind", "windw").err()).contains("Did you mean window?");
    }
}
