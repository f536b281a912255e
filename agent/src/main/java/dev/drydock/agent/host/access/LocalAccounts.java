package dev.drydock.agent.host.access;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The accounts of the system's own files; those of a directory service are not among them.
 *
 * @param leastUser the least uid of people's accounts; below are the system's
 * @param groups members by name of the group, those whose first group it is included
 */
public record LocalAccounts(List<LocalAccount> all, int leastUser, Map<String, Set<String>> groups) {
    private static final Pattern UID_MIN = Pattern.compile("(?m)^\\s*UID_MIN\\s+(\\d{1,9})\\b");
    private static final int USUAL_UID_MIN = 1000;

    public LocalAccounts {
        all = List.copyOf(all);
        groups = Map.copyOf(groups);
    }

    /** @throws IOException also where a line is not understood: nothing can be said of accounts then */
    public static LocalAccounts read(HostFiles files) throws IOException {
        Map<String, String[]> shadow = new HashMap<>();
        for (String[] field : lines(files, "/etc/shadow", 3)) {
            shadow.put(field[0], field);
        }
        List<LocalAccount> all = new ArrayList<>();
        for (String[] field : lines(files, "/etc/passwd", 7)) {
            String[] secret = shadow.get(field[0]);
            boolean open = field[1].isEmpty() || field[1].equals("x") && secret != null && secret[1].isEmpty();
            all.add(new LocalAccount(
                    field[0],
                    number("/etc/passwd", field[0], field[2]),
                    number("/etc/passwd", field[0], field[3]),
                    field[6],
                    open,
                    secret == null || !secret[2].matches("\\d{1,6}")
                            ? Optional.empty()
                            : Optional.of(LocalDate.ofEpochDay(Long.parseLong(secret[2])))));
        }
        Matcher min = UID_MIN.matcher(files.read("/etc/login.defs").orElse(""));
        return new LocalAccounts(all, min.find() ? Integer.parseInt(min.group(1)) : USUAL_UID_MIN, groups(files, all));
    }

    private static Map<String, Set<String>> groups(HostFiles files, List<LocalAccount> accounts) throws IOException {
        Map<String, Set<String>> groups = new HashMap<>();
        for (String[] field : lines(files, "/etc/group", 4)) {
            int gid = number("/etc/group", field[0], field[2]);
            Set<String> members = new TreeSet<>(Arrays.asList(field[3].split(",")));
            members.remove("");
            accounts.stream()
                    .filter(a -> a.gid() == gid)
                    .map(LocalAccount::name)
                    .forEach(members::add);
            groups.put(field[0], members);
        }
        return groups;
    }

    /** The fields of each line; of a line that is not understood only where it begins is told, since it may hold a hash. */
    private static List<String[]> lines(HostFiles files, String path, int fields) throws IOException {
        String text = files.read(path).orElseThrow(() -> new IOException("there is no " + path));
        List<String[]> all = new ArrayList<>();
        for (String line : text.lines().toList()) {
            // What begins so is for NIS.
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("+") && !line.startsWith("-")) {
                String[] field = line.split(":", -1);
                if (field.length < fields) {
                    throw new IOException(path + ": the line of '" + field[0] + "' has " + field.length
                            + " fields, expected " + fields);
                }
                all.add(field);
            }
        }
        return all;
    }

    private static int number(String path, String name, String text) throws IOException {
        try {
            return (int) Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(path + ": the line of '" + name + "' has '" + text + "' for a number", e);
        }
    }

    public List<String> withUidZero() {
        return all.stream()
                .filter(a -> a.uid() == 0)
                .map(LocalAccount::name)
                .sorted()
                .toList();
    }

    public List<String> withoutPassword() {
        return all.stream()
                .filter(LocalAccount::open)
                .map(LocalAccount::name)
                .sorted()
                .toList();
    }
}
