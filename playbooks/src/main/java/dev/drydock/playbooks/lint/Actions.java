package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.parse.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All actions and checks of the language. Immutable. */
final class Actions implements Vocabulary {
    /** A jar does not list its files: so each fragment in {@code schema/actions} is named here. */
    static final List<String> NAMES = List.of(
            "account.review",
            "agent.update",
            "backup.create",
            "backup.verify",
            "certificate.check",
            "certificate.renew",
            "command.check",
            "command.run",
            "disk.free",
            "file.permissions",
            "file.put",
            "http.check",
            "load.below",
            "log.absent",
            "login.failures",
            "middleware.update",
            "os.packages",
            "os.reboot",
            "service.active",
            "service.reload",
            "service.restart",
            "service.restart.needed",
            "sql.check",
            "tcp.check",
            "wordpress.admins",
            "wordpress.integrity",
            "wordpress.update");

    static final Actions ALL = new Actions();

    private final Map<String, ActionSchema> schemas = new TreeMap<>();

    private Actions() {
        SchemaReader reader = new SchemaReader();
        NAMES.forEach(name -> schemas.put(name, ActionSchema.read(reader, name)));
    }

    Optional<ActionSchema> find(String name) {
        return Optional.ofNullable(schemas.get(name));
    }

    @Override
    public Set<String> actions() {
        return schemas.keySet();
    }

    @Override
    public Optional<String> refuse(String action, boolean asCheck) {
        ActionSchema schema = schemas.get(action);
        if (schema == null) {
            String known = schemas.values().stream()
                    .filter(other -> other.check() == asCheck)
                    .map(ActionSchema::name)
                    .collect(Collectors.joining(", "));
            return Optional.of("unknown " + (asCheck ? "check " : "action ") + action + ", expected one of " + known);
        }
        if (schema.check() == asCheck) {
            return Optional.empty();
        }
        return Optional.of(
                asCheck
                        ? action + " changes the host; expected a check, which changes nothing"
                        : action + " is a check, which is no step of its own; write it under verify or preflight");
    }
}
