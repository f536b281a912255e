package dev.drydock.cli.bootstrap;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What {@code look.sh} printed of a host: {@code KEY=VALUE} a line. What it does not say is not known. */
public final class Sight {
    private final Map<String, String> told;
    private final Struct status;

    private Sight(Map<String, String> told, Struct status) {
        this.told = told;
        this.status = status;
    }

    /** Lines that are none of it, of a talkative shell, are passed over. */
    static Sight parse(String output) {
        Map<String, String> told = new HashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).matches("[a-z_]+")) {
                told.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        });
        Struct.Builder status = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(told.getOrDefault("status", "{}"), status);
        } catch (InvalidProtocolBufferException e) {
            status.clear(); // an agent that does not work says nothing that counts
        }
        return new Sight(Map.copyOf(told), status.build());
    }

    public String get(String key) {
        return told.getOrDefault(key, "");
    }

    String arch() {
        return Parcel.arch(get("arch"));
    }

    Optional<Family> family() {
        return Family.of(get("os_id"), get("os_like"), tools());
    }

    Set<String> tools() {
        return Set.copyOf(List.of(get("tools").split(" +")));
    }

    boolean systemd() {
        return get("systemd").equals("yes");
    }

    /** Kilobytes; empty where df did not say. */
    OptionalLong free(String place) {
        String text = get("free_" + place);
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** An agent that cannot even say its version has none. */
    String agentVersion() {
        return get("agent_version");
    }

    boolean running() {
        return get("unit").equals("yes")
                && get("active").equals("active")
                && get("enabled").equals("enabled");
    }

    boolean enrolled() {
        return flag("enrolled");
    }

    /** There is an identity, but no agent that could say whose it is. */
    boolean identityUntold() {
        return get("identity").equals("yes") && agentSays("version").isEmpty();
    }

    boolean certificateExpired() {
        return flag("certificateExpired");
    }

    /** What the agent says: its id, its controller, the last error. */
    String agentSays(String key) {
        return status.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    private boolean flag(String key) {
        return status.getFieldsOrDefault(key, Value.getDefaultInstance()).getBoolValue();
    }
}
