package dev.drydock.agent.host.access;

import dev.drydock.agent.host.logs.LogLines;
import dev.drydock.agent.host.logs.LogTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands what sshd and PAM write of logins that failed. An attacker chooses the names in these lines, so an address is taken from
 * their ends, where sshd writes it itself. For one thread.
 */
public final class LoginLines implements LogLines {
    private static final Pattern LINE =
            Pattern.compile("^(?:\\w{3} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d|\\S+) \\S+ ([^\\s\\[:]+)(?:\\[(\\d+)])?: (.*)$");
    private static final Pattern REPEATED = Pattern.compile("^message repeated (\\d{1,6}) times: \\[ ?(.*)]$");
    /** Of keys a client tries one after the other; that is no failed login. */
    private static final Pattern SSH_FAILED =
            Pattern.compile("^Failed (?!publickey |none )\\S+ for .* from (\\S+) port \\d+.*?$");

    private static final Pattern SSH_UNKNOWN = Pattern.compile("^Invalid user .* from (\\S+)(?: port \\d+)?$");
    private static final Pattern PAM = Pattern.compile(
            "^pam_(?:unix|sss)\\(([^:)]+)(?::auth)?\\): (?:authentication failure;|(\\d{1,4}) more authentication failures?;).*? rhost=(\\S*).*$");

    private final LogTime time;
    private final List<FailedLogin> failed = new ArrayList<>();
    private final List<Unknown> unknown = new ArrayList<>();
    private final Set<String> counted = new HashSet<>();

    public LoginLines(LogTime time) {
        this.time = time;
    }

    /** A user that sshd does not know; where passwords are allowed it writes of the failure too. */
    private record Unknown(String connection, FailedLogin login) {}

    @Override
    public void take(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return;
        }
        String program = m.group(1);
        String message = m.group(3);
        int times = 1;
        Matcher repeated = REPEATED.matcher(message);
        if (repeated.matches()) {
            times = Integer.parseInt(repeated.group(1));
            message = repeated.group(2);
        }
        if (program.equals("sshd") || program.equals("sshd-session")) {
            sshd(line, program + m.group(2), message, times);
        } else {
            pam(line, message, times);
        }
    }

    private void sshd(String line, String connection, String message, int times) {
        Matcher wrong = SSH_FAILED.matcher(message);
        if (wrong.matches()) {
            counted.add(connection);
            add(line, wrong.group(1), "sshd", times);
            return;
        }
        Matcher nobody = SSH_UNKNOWN.matcher(message);
        if (nobody.matches()) {
            time.of(line)
                    .ifPresent(at -> unknown.add(
                            new Unknown(connection, new FailedLogin(at, LoginSource.of(nobody.group(1)), "sshd"))));
        }
    }

    private void pam(String line, String message, int times) {
        Matcher m = PAM.matcher(message);
        // sshd says itself what failed.
        if (m.matches() && !m.group(1).equals("sshd")) {
            int more = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
            add(line, m.group(3), m.group(1), times * more);
        }
    }

    private void add(String line, String source, String service, int times) {
        Optional<Instant> at = time.of(line);
        for (int i = 0; at.isPresent() && i < times; i++) {
            failed.add(new FailedLogin(at.get(), LoginSource.of(source), service));
        }
    }

    /** What was understood, by time. */
    public List<FailedLogin> failed() {
        List<FailedLogin> all = new ArrayList<>(failed);
        unknown.stream().filter(user -> !counted.contains(user.connection())).forEach(user -> all.add(user.login()));
        all.sort(Comparator.comparing(FailedLogin::at));
        return all;
    }
}
