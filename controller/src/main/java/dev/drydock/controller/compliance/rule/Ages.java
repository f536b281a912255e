package dev.drydock.controller.compliance.rule;

import java.time.Duration;

/** Ages for people: whole days, below one whole hours. */
final class Ages {
    private Ages() {}

    static String text(Duration age) {
        return age.toDays() > 0 ? age.toDays() + "d" : age.toHours() + "h";
    }
}
