package dev.drydock.e2e.lab;

/**
 * Kills a host's agent in a moment that is over before anybody could ask for it from outside: a process on the host itself looks a
 * thousand times a second. A shell that looks as often takes a whole processor from what it waits for.
 */
public final class AgentKiller {
    /** What it leaves when it has killed. */
    public static final String KILLED = "/tmp/killed";

    private AgentKiller() {}

    /**
     * Of the next run that begins.
     *
     * @param condition in Perl, of {@code there("pattern of names")} and {@code said("file", "how a line begins")}; {@code $run} is the
     *     run's directory
     */
    public static void when(LabHost host, String condition) {
        host.put("/tmp/kill", """
                use Time::HiRes 'sleep';
                sub there { return scalar(my @found = grep { -e $_ } glob $_[0]) }
                sub said {
                  my ($path, $begin) = @_;
                  open(my $file, '<', $path) or return 0;
                  return scalar grep { index($_, $begin) == 0 } <$file>;
                }
                chdir '/var/lib/drydock-agent/runs';
                my %%old = map { $_ => 1 } glob '*';
                open(my $ready, '>', '/tmp/watching');
                my $run;
                sleep 0.001 until ($run) = grep { -d $_ && !$old{$_} } glob '*';
                sleep 0.001 until %s;
                my ($agent) = qx(systemctl show drydock-agent --property MainPID --value) =~ /(\\d+)/;
                kill 'KILL', $agent;
                open(my $done, '>', '%s');
                """.formatted(condition, KILLED), 0755);
        host.sh("rm -f " + KILLED + " /tmp/watching; setsid perl /tmp/kill >/dev/null 2>&1 &"
                + " until [ -e /tmp/watching ]; do sleep 0.05; done");
    }
}
