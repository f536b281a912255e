package dev.drydock.agent.host;

import java.util.Map;

/** Users and groups of the managed system, by its own name service. Thread-safe. */
public final class Accounts {
    private static final int ID = 2;

    private final Commands commands;

    public Accounts(Commands commands) {
        this.commands = commands;
    }

    /** @throws HostException when there is no such user */
    public int uid(String user, Job job) throws HostException, InterruptedException {
        return id("passwd", user, job);
    }

    /** @throws HostException when there is no such group */
    public int gid(String group, Job job) throws HostException, InterruptedException {
        return id("group", group, job);
    }

    private int id(String database, String name, Job job) throws HostException, InterruptedException {
        Commands.Result result = job.silent().run(commands, Map.of(), java.util.List.of("getent", database, name));
        if (result.exitCode() == 2) {
            throw new HostException("there is no " + (database.equals("group") ? "group " : "user ") + name);
        }
        String[] fields = result.stdout().strip().split(":", -1);
        if (!result.ok() || fields.length <= ID) {
            throw HostException.of("getent " + database + " " + name, result);
        }
        return Integer.parseInt(fields[ID]);
    }
}
