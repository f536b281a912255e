package dev.drydock.cli.declare;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.parse.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Links that may let in whoever has them: how they are shown, and how documents come by them. */
final class Links {
    /** What stands for the rest of a link that is not written out. */
    static final String HIDDEN = "/…";

    /** Keys and URLs look otherwise. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private Links() {}

    /** As the controller shows it. */
    static String shown(String url) {
        try {
            URI uri = new URI(url);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() == null
                    ? "a link without a host"
                    : uri.getScheme() + "://" + uri.getHost() + port + HIDDEN;
        } catch (URISyntaxException e) {
            return "a link that is none";
        }
    }

    /** What the variable holds that a document names. What is no name is not said again: it may be the secret itself. */
    static String fromEnvironment(Reading reading, Fields spec, String key) {
        String variable = Reading.text(spec, key);
        Optional<String> value =
                reading.variables().apply(variable).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isEmpty() && VARIABLE.matcher(variable).matches()) {
            spec.wrong(key, "a variable of the environment that holds it (it is not set)");
        } else if (value.isEmpty() && !variable.isEmpty()) {
            refuse(reading, spec, key, "expected the name of a variable of the environment, such as HOOK");
        }
        return value.orElse("");
    }

    /** Says what is wrong, and not with what. */
    static void refuse(Reading reading, Fields spec, String key, String why) {
        reading.problems().add(spec.node(key).map(Node::at).orElse(spec.at()), spec.path(key), why);
    }
}
