package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HttpGet;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.ErrorLogs;
import dev.drydock.agent.host.wordpress.SitePhp;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a site is as well as it was before: what its pages answer, whether {@code wp-load.php} loads, and that no fatal error of
 * it is logged. What was wrong before in the very same way is no regression.
 */
final class WordPressHealth {
    private static final int LOOKS_IN_A_ROW = 3;

    private static final Duration BETWEEN = Duration.ofMillis(1500);
    private static final Duration PAGE = Duration.ofSeconds(30);
    private static final List<String> NEVER = List.of(
            "There has been a critical error on",
            "Fatal error</b>:",
            "Parse error</b>:",
            "Error establishing a database connection",
            "Briefly unavailable for scheduled maintenance");

    private final WordPressArgs args;
    private final SitePhp php;
    private final boolean cli;
    private final ErrorLogs logs;
    private final Pause pause;

    /** @param cli whether there is a PHP to load the site with */
    WordPressHealth(WordPressArgs args, SitePhp php, boolean cli, ErrorLogs logs, Pause pause) {
        this.args = args;
        this.php = php;
        this.cli = cli;
        this.logs = logs;
        this.pause = pause;
    }

    /** What is seen now, with what is wrong by itself. */
    Struct look(Job job) throws HostException, IOException, InterruptedException {
        Map<Path, ErrorLogs.End> ends = logs.ends();
        List<Struct> pages = new ArrayList<>();
        for (String url : args.urls()) {
            pages.add(page(url, job));
        }
        String boot = cli ? php.probe(job) : "";
        List<String> fatal = logs.since(ends);
        return new Structs()
                .putStructs("pages", pages)
                .put("boot", boot)
                .putStrings(
                        "fatal",
                        fatal.stream().limit(3).map(WordPressHealth::shown).toList())
                .build();
    }

    private Struct page(String url, Job job) throws InterruptedException {
        Duration left = job.timeLeft().get();
        HttpGet.Answer answer = HttpGet.ask(url, true, left.compareTo(PAGE) < 0 ? left : PAGE);
        Texts texts = Texts.find(
                new Args(Map.of("contains", args.health().strings("contains"), "absent", absent())), answer.body());
        boolean page = answer.body().contains("</html>");
        return new Structs()
                .put("url", url)
                .put("status", answer.status())
                .put("error", answer.error())
                .put("page", page)
                .putStrings("missing", answer.error().isEmpty() ? texts.missing() : List.of())
                .putStrings("forbidden", texts.forbidden())
                .build();
    }

    private List<String> absent() {
        List<String> absent = new ArrayList<>(NEVER);
        absent.addAll(args.health().strings("absent"));
        return absent;
    }

    /**
     * Looks until the site is well three times in a row, at most through the grace time.
     *
     * @return what is wrong, a line each; empty when it is well
     */
    List<String> await(Struct baseline, Duration grace, Job job)
            throws HostException, IOException, InterruptedException {
        Job within = job.within(grace);
        int well = 0;
        int dead = 0;
        while (true) {
            Struct now = look(job);
            List<String> wrong = problems(baseline, now);
            well = wrong.isEmpty() ? well + 1 : 0;
            // Grace is for what comes about by itself, such as a migration. Code that does not even load does not.
            dead = doesNotLoad(baseline, now) ? dead + 1 : 0;
            boolean over = !within.timeLeft().get().isPositive()
                    || !job.timeLeft().get().minus(BETWEEN).isPositive();
            if (well == LOOKS_IN_A_ROW || dead == LOOKS_IN_A_ROW || !wrong.isEmpty() && over) {
                return wrong;
            }
            pause.of(BETWEEN);
        }
    }

    private static boolean doesNotLoad(Struct before, Struct now) {
        return Structs.string(before, "boot").isEmpty()
                && !Structs.string(now, "boot").isEmpty();
    }

    ErrorLogs logs() {
        return logs;
    }

    /** What is worse now than it was. Pure. */
    static List<String> problems(Struct before, Struct now) {
        List<String> problems = new ArrayList<>();
        List<Struct> pagesBefore = Structs.structs(before, "pages");
        List<Struct> pagesNow = Structs.structs(now, "pages");
        for (int i = 0; i < pagesNow.size(); i++) {
            Struct then = i < pagesBefore.size() ? pagesBefore.get(i) : Struct.getDefaultInstance();
            String wrong = wrong(then, pagesNow.get(i));
            if (!wrong.isEmpty() && !wrong.equals(wrong(then, then))) {
                problems.add(Structs.string(pagesNow.get(i), "url") + ": " + wrong);
            }
        }
        String boot = Structs.string(now, "boot");
        if (!boot.isEmpty() && Structs.string(before, "boot").isEmpty()) {
            problems.add(boot);
        }
        if (Structs.strings(before, "fatal").isEmpty()) {
            problems.addAll(Structs.strings(now, "fatal"));
        }
        return problems;
    }

    private static String wrong(Struct then, Struct page) {
        if (!Structs.string(page, "error").isEmpty()) {
            return Structs.string(page, "error");
        }
        List<String> wrong = new ArrayList<>();
        long status = Structs.integer(page, "status");
        if (status != Structs.integer(then, "status")) {
            wrong.add("the status is " + status + ", before it was " + Structs.integer(then, "status"));
        }
        String texts =
                new Texts(Structs.strings(page, "missing"), Structs.strings(page, "forbidden")).problem("the page");
        if (!texts.isEmpty()) {
            wrong.add(texts);
        }
        if (Structs.flag(then, "page") && !Structs.flag(page, "page")) {
            wrong.add("the page ends before </html>");
        }
        return String.join(", ", wrong);
    }

    /** For people: {@code http://localhost/ answers 200}. */
    static List<String> describe(Struct seen) {
        return Structs.structs(seen, "pages").stream()
                .map(page -> Structs.string(page, "url")
                        + (Structs.string(page, "error").isEmpty()
                                ? " answers " + Structs.integer(page, "status")
                                : ": " + Structs.string(page, "error")))
                .toList();
    }

    private static String shown(String line) {
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
