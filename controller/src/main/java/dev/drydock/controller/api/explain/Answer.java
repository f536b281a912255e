package dev.drydock.controller.api.explain;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.NextStep;
import dev.drydock.proto.v1.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An explanation while it is put together. Of one thread. */
final class Answer {
    private static final int NAMED = 20;

    private final Explanation.Builder answer;
    private final List<Statement> past = new ArrayList<>();
    private final List<Statement> now = new ArrayList<>();

    Answer(ExplainedKind kind, String name, String summary) {
        answer = Explanation.newBuilder().setKind(kind).setName(name).setSummary(summary);
    }

    Answer happened(Timestamp at, String text) {
        past.add(Statement.newBuilder().setAt(at).setText(text).build());
        return this;
    }

    Answer holds(String text) {
        now.add(Statement.newBuilder().setText(text).build());
        return this;
    }

    Answer holds(String text, List<String> hosts) {
        now.add(Statement.newBuilder()
                .setText(text)
                .addAllHosts(hosts.stream().sorted().limit(NAMED).toList())
                .setHostCount(hosts.size())
                .build());
        return this;
    }

    Answer next(String text, String command) {
        answer.addNextSteps(NextStep.newBuilder().setText(text).setCommand(command));
        return this;
    }

    Explanation done() {
        return answer.addAllStatements(past.stream()
                        .sorted(Comparator.comparing(Statement::getAt, Timestamps.comparator()))
                        .toList())
                .addAllStatements(now)
                .build();
    }
}
