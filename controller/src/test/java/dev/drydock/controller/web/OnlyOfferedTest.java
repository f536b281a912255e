package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drydock.controller.api.PermissionTable;
import dev.drydock.controller.markup.Filled;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.web.Offers.Form;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WhoAmIResponse;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No page offers its reader what would be refused: every form of every page, by the server's own routes, is sent, and every link
 * followed, as each role has it, and refused is what the API's own table refuses. A form that comes later without asking who reads
 * it fails here.
 */
final class OnlyOfferedTest {
    private static final String BOUND = "host.labels.role == 'web'";

    /** States of things, one a turn; the most that one has. */
    private static final int TURNS = 10;

    /** Make something: these take the caller's own hosts alone, whatever is looked at. */
    private static final Set<String> MAKES = Set.of(
            "drydock.v1.RolloutService/PlanRollout",
            "drydock.v1.RolloutService/ApplyRollout",
            "drydock.v1.ReportScheduleService/CreateReportSchedule");

    private static final String SCHEDULES = "drydock.v1.ReportScheduleService/";

    /** Leads on by itself. */
    private static final Set<String> NOT_WALKED = Set.of("/sign-in", "/report-preview");

    @TempDir
    Path directory;

    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private volatile Reader reader = new Reader("nobody", List.of(), false);
    private volatile int turn = 1;
    private TestingWeb web;

    /** @param foreign has the role for other hosts than those that pages show, and sees these only */
    private record Reader(String name, List<Grant> grants, boolean foreign) {
        Principal principal() {
            return new Principal("vera", "session s-1", grants, false, Optional.empty());
        }

        boolean has(Role role) {
            return !foreign && principal().anywhere(role);
        }
    }

    private static Stream<Reader> readers() {
        return Stream.concat(
                Stream.of(new Reader("nobody", List.of(), false)),
                Stream.of(Role.values())
                        .flatMap(role -> Stream.of(
                                new Reader(role + " of all", List.of(Grant.everywhere(role)), false),
                                new Reader(role + " of these", List.of(bound(role)), false),
                                new Reader(
                                        role + " of others",
                                        List.of(Grant.everywhere(Role.VIEWER), bound(role)),
                                        true))));
    }

    private static Grant bound(Role role) {
        try {
            return new Grant(role, HostScope.of(BOUND));
        } catch (InvalidExpressionException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(directory, new AnyApi(this::answer, this::refusal).services());
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private Optional<Status> refusal(String method) {
        Optional<String> why = PermissionTable.refusal(reader.principal(), method);
        if (why.isEmpty() && reader.foreign() && aboutWhatIsThere(method)) {
            why = Optional.of("not of these hosts");
        }
        why.ifPresent(any -> refused.add(method));
        return why.map(Status.PERMISSION_DENIED::withDescription);
    }

    private static boolean aboutWhatIsThere(String method) {
        boolean schedule = method.matches(SCHEDULES + "(Update|Delete|Run).*");
        return (PermissionTable.changesHosts(method) || schedule) && !MAKES.contains(method);
    }

    private Message answer(Message empty) {
        if (empty instanceof WhoAmIResponse) {
            WhoAmIResponse.Builder who = WhoAmIResponse.newBuilder();
            reader.grants().forEach(grant -> who.addGrantsBuilder()
                    .setRole(UserRole.forNumber(grant.role().ordinal() + 1))
                    .setHosts(grant.hosts().expression()));
            return who.build();
        }
        return stated(
                new Filled(turn, TestingWeb.NOON.getEpochSecond(), Map.of("zone", "Asia/Tokyo")).of(empty).toBuilder());
    }

    /** As the API says what the caller may do; and of some turns nothing is over. */
    private Message stated(Message.Builder message) {
        for (Map.Entry<FieldDescriptor, Object> entry :
                Map.copyOf(message.getAllFields()).entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (turn % 2 == 0 && field.getName().equals("ended_at")) {
                message.clearField(field);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                if (field.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                        Message one = (Message) message.getRepeatedField(field, i);
                        message.setRepeatedField(field, i, stated(one.toBuilder()));
                    }
                } else {
                    message.setField(field, stated(((Message) entry.getValue()).toBuilder()));
                }
            }
        }
        say(message, "steerable", reader.has(Role.OPERATOR));
        say(message, "approvable", reader.has(Role.APPROVER));
        return message.build();
    }

    private static void say(Message.Builder message, String name, boolean value) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field != null) {
            message.setField(field, value);
        }
    }

    @Test
    void whatIsOfferedIsNotRefused() throws Exception {
        for (Reader one : readers().toList()) {
            reader = one;
            Set<String> sent = walked();
            if (one.name().equals(Role.ADMIN + " of all")) {
                // Else there are forms that nobody is offered, or that this test did not see.
                assertThat(sent)
                        .containsAll(web.forms().stream()
                                .filter(path -> !path.equals("/sign-in"))
                                .toList());
            }
            if (one.name().equals("nobody")) {
                assertThat(sent).containsExactlyInAnyOrder("/sign-out", "/account/password");
            }
            if (one.principal().role().equals(Optional.of(Role.VIEWER))) {
                assertThat(sent)
                        .as(one.name())
                        .containsExactlyInAnyOrder(
                                "/sign-out",
                                "/account/password",
                                "/account/totp",
                                "/account/confirm",
                                "/account/sessions");
            }
            if (one.name().equals(Role.OPERATOR + " of these")) {
                assertThat(sent).contains("/rollouts/x/pause").doesNotContain("/rollouts/x/approve");
            }
        }
    }

    /** @return where forms went, with x for what differs */
    private Set<String> walked() throws Exception {
        Set<String> sent = new TreeSet<>();
        Set<String> followed = new TreeSet<>();
        for (turn = 1; turn <= TURNS; turn++) {
            Deque<HttpResponse<String>> pages = new ArrayDeque<>();
            for (String path : web.pages()) {
                if (!NOT_WALKED.contains(path) && !path.endsWith("/live")) {
                    pages.add(web.get(path));
                }
            }
            while (!pages.isEmpty()) {
                HttpResponse<String> page = pages.remove();
                if (!page.headers().firstValue("content-type").orElse("").startsWith("text/html")) {
                    continue;
                }
                String where = "%s, turn %d, %s".formatted(reader.name(), turn, page.uri());
                for (Form form : Offers.forms(page.body())) {
                    if (sent.add(Offers.route(form.action()))) {
                        pages.add(sent(form, where));
                    }
                }
                for (String link : Offers.links(page.body())) {
                    if (followed.add(Offers.route(link))) {
                        assertThat(web.get(link).statusCode())
                                .as(where + " links to " + link)
                                .isNotEqualTo(403);
                    }
                }
            }
        }
        return sent;
    }

    private HttpResponse<String> sent(Form form, String where) throws Exception {
        refused.clear();
        HttpResponse<String> answer = web.send(TestingWeb.form(web.asVera(form.action()), form.body()));
        String what = where + " offers " + form.action();
        assertThat(refused).as(what).isEmpty();
        assertThat(answer.statusCode()).as(what + "\n" + answer.body()).isLessThan(400);
        return answer;
    }
}
