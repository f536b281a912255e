package dev.drydock.controller.security;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** The names and addresses under which agents and people reach the controller; {@code localhost} and 127.0.0.1 always. */
public final class ServerNames {
    private static final Pattern DNS = Pattern.compile("(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)"
            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private final List<String> names;

    private ServerNames(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException names every one that is neither a host name nor an IP address */
    public static ServerNames of(List<String> advertised) {
        Set<String> names = new LinkedHashSet<>(advertised);
        names.add("localhost");
        names.add("127.0.0.1");
        List<String> wrong = new ArrayList<>();
        for (String name : names) {
            if (!IPAddress.isValid(name) && (!DNS.matcher(name).matches() || name.matches("[0-9.]+"))) {
                wrong.add("\"" + name + "\" is neither a host name nor an IP address");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return new ServerNames(new ArrayList<>(names));
    }

    /** That by which links name the controller. */
    public String first() {
        return names.getFirst();
    }

    GeneralNames asn1() {
        return new GeneralNames(names.stream()
                .map(name ->
                        new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }
}
