package dev.drydock.agent.host.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** Where a login came from, in one spelling for each source. No name is looked up. */
final class LoginSource {
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");

    private LoginSource() {}

    static String of(String written) {
        String bare = written.strip().replaceFirst("%.*", "");
        if (bare.isEmpty()) {
            return FailedLogin.LOCAL;
        }
        if (!ADDRESS.matcher(bare).matches()) {
            return bare;
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException noAddress) {
            return bare;
        }
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            network.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff))
                    .append(':');
        }
        return network + ":/64";
    }
}
