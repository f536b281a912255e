package dev.drydock.controller.security.login;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hash with all that made it, as the PHC string format has it: {@code $argon2id$v=19$m=65536,t=3,p=4$SALT$HASH}. */
record PhcString(Passwords.Strength strength, byte[] salt, byte[] hash) {
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]{1,90})\\$([A-Za-z0-9+/]{1,90})");

    /** @throws IllegalStateException it is none; only what we wrote is read */
    static PhcString parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalStateException("a kept password is no PHC string of Argon2id");
        }
        return new PhcString(
                new Passwords.Strength(
                        Integer.parseInt(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        Integer.parseInt(form.group(3))),
                Base64.getDecoder().decode(form.group(4)),
                Base64.getDecoder().decode(form.group(5)));
    }

    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + strength.memoryKib() + ",t=" + strength.passes() + ",p=" + strength.lanes() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "argon2id " + strength;
    }
}
