package dev.drydock.cli.bootstrap;

import java.util.List;

/** Somebody looks on. Called by several threads. */
public interface Progress {
    void stage(String host, Stage stage);

    /** Of what is shipped. */
    void shipped(String host, long bytes, long of);

    void ended(HostResult result);

    /** Nobody does. */
    Progress NONE = new Progress() {
        @Override
        public void stage(String host, Stage stage) {}

        @Override
        public void shipped(String host, long bytes, long of) {}

        @Override
        public void ended(HostResult result) {}
    };

    /** For words about several. */
    static String words(List<Stage> stages) {
        return String.join(", ", stages.stream().map(Stage::words).toList());
    }
}
