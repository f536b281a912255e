package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.util.Set;
import java.util.TreeSet;

/** Login names of those who may do everything on a site: its administrators, and those of its network. */
public final class SiteAdministrators {
    private SiteAdministrators() {}

    /** Sorted. Asks the database's own client; nothing of the site is run. */
    public static Set<String> of(SiteDatabase database, Job job) throws HostException, InterruptedException {
        Set<String> names = new TreeSet<>(database.administrators(job));
        names.addAll(SiteState.texts(database.networkOption("site_admins", job)));
        return names;
    }
}
