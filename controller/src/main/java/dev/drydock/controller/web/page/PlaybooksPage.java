package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.lint.LintResult;
import dev.drydock.playbooks.lint.Linter;
import dev.drydock.proto.v1.GetPlaybookRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PlaybookServiceGrpc.PlaybookServiceBlockingStub;
import dev.drydock.proto.v1.Signer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Playbooks: what they say line by line, with the linter's marks, their versions and who signed them. */
public final class PlaybooksPage {
    public Reply list(Request request) {
        PlaybookServiceBlockingStub stub = playbooks(request);
        return Reply.page(
                "playbooks",
                "playbooks",
                "Playbooks",
                new ListView(
                        stub.listPlaybooks(ListPlaybooksRequest.getDefaultInstance())
                                .getPlaybooksList(),
                        stub.listSigners(ListSignersRequest.getDefaultInstance())
                                .getSignersList()));
    }

    public Reply show(Request request) {
        PlaybookServiceBlockingStub stub = playbooks(request);
        Playbook playbook = get(stub, request.path("reference"));
        List<Playbook> versions = stub.listPlaybooks(ListPlaybooksRequest.newBuilder()
                        .setName(playbook.getName())
                        .build())
                .getPlaybooksList();
        return Reply.page(
                "playbook",
                "playbooks",
                playbook.getName() + "@" + playbook.getVersion(),
                new View(playbook, versions, lines(playbook)));
    }

    /** Two versions, line against line. */
    public Reply diff(Request request) {
        PlaybookServiceBlockingStub stub = playbooks(request);
        Playbook before = get(stub, request.query("from"));
        Playbook after = get(stub, request.query("to"));
        return Reply.page(
                "playbookDiff",
                "playbooks",
                "Compare " + before.getName(),
                new DiffView(
                        before,
                        after,
                        LineDiff.of(
                                before.getSource().lines().toList(),
                                after.getSource().lines().toList())));
    }

    private static Playbook get(PlaybookServiceBlockingStub stub, String reference) {
        return stub.getPlaybook(
                GetPlaybookRequest.newBuilder().setReference(reference).build());
    }

    private static List<Line> lines(Playbook playbook) {
        LintResult lint =
                Linter.lint(playbook.getName() + ".yaml", playbook.getSource().getBytes(StandardCharsets.UTF_8));
        List<Problem> problems = new ArrayList<>(lint.errors());
        problems.addAll(lint.warnings());
        List<String> source = playbook.getSource().lines().toList();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            int number = i + 1;
            lines.add(new Line(
                    number,
                    source.get(i),
                    problems.stream()
                            .filter(problem -> problem.line() == number)
                            .toList()));
        }
        return lines;
    }

    private static PlaybookServiceBlockingStub playbooks(Request request) {
        return request.api().calls(PlaybookServiceGrpc::newBlockingStub);
    }

    public record ListView(List<Playbook> playbooks, List<Signer> signers) {}

    public record View(Playbook playbook, List<Playbook> versions, List<Line> lines) {}

    /** @param problems that the linter has with it */
    public record Line(int number, String text, List<Problem> problems) {}

    public record DiffView(Playbook before, Playbook after, List<LineDiff.Row> rows) {
        public boolean same() {
            return rows.stream().allMatch(row -> row.sign() == ' ');
        }
    }
}
