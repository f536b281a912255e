package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What only a site's database tells.
 *
 * @param active entries of plugins and directories of themes, as WordPress names them
 * @param cronOverdue whether its timed tasks are overdue by more than an hour
 */
public record SiteState(Set<String> active, List<String> administrators, boolean cronOverdue) {
    private static final Pattern TEXT = Pattern.compile("s:\\d+:\"([^\"]*)\"");
    /** A task's time is a key of the outermost array. */
    private static final Pattern TIME = Pattern.compile("i:(\\d{9,10});a:");

    private static final Duration LATE = Duration.ofHours(1);

    public SiteState {
        active = Set.copyOf(active);
        administrators = List.copyOf(administrators);
    }

    public static SiteState read(SiteDatabase database, Instant now, Job job)
            throws HostException, InterruptedException {
        Set<String> active = new HashSet<>(texts(database.option("active_plugins", job)));
        active.addAll(texts(database.networkOption("active_sitewide_plugins", job)));
        active.add(database.option("stylesheet", job));
        active.add(database.option("template", job));
        return new SiteState(active, database.administrators(job), overdue(database.option("cron", job), now));
    }

    /** All texts in what PHP has serialized; names of files have no quotes in them. */
    static Set<String> texts(String serialized) {
        Set<String> texts = new HashSet<>();
        Matcher m = TEXT.matcher(serialized);
        while (m.find()) {
            texts.add(m.group(1));
        }
        return texts;
    }

    static boolean overdue(String cron, Instant now) {
        Matcher m = TIME.matcher(cron);
        return m.find()
                && Instant.ofEpochSecond(Long.parseLong(m.group(1))).plus(LATE).isBefore(now);
    }
}
