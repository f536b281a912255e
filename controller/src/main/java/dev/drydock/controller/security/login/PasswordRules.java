package dev.drydock.controller.security.login;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which passwords are taken: long ones that are not known to all. Digits and signs are asked of none (NIST SP 800-63B, 5.1.1.2).
 * Pure.
 */
final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 256;
    private static final int FEWEST_DIFFERENT = 4;

    /** Of that length or more, in lower case: such as lists of leaked passwords begin with, and what stands on our door. */
    private static final Set<String> COMMON = Set.of(
            "000000000000",
            "111111111111",
            "112233445566",
            "121212121212",
            "123123123123",
            "123412341234",
            "1234567890123",
            "123456789012",
            "12345678910",
            "123456789101112",
            "123456789abc",
            "1234567890qwerty",
            "123qweasdzxc",
            "1q2w3e4r5t6y",
            "1q2w3e4r5t6y7u8i9o0p",
            "1qaz2wsx3edc",
            "1qaz2wsx3edc4rfv",
            "abcdefghijkl",
            "abcdefghijklmnopqrstuvwxyz",
            "abcd12345678",
            "adminadminadmin",
            "administrator",
            "administrator1",
            "changemechangeme",
            "changeme1234",
            "correct horse battery staple",
            "correcthorsebatterystaple",
            "drydockdrydock",
            "drydock12345",
            "drydock123456",
            "iloveyou1234",
            "iloveyouiloveyou",
            "letmeinletmein",
            "letmein12345",
            "motdepasse123",
            "passw0rd1234",
            "password1234",
            "password12345",
            "password123456",
            "password@1234",
            "passwordpassword",
            "passwort1234",
            "q1w2e3r4t5y6",
            "qazwsxedcrfv",
            "qwerty123456",
            "qwerty12345678",
            "qwertyqwerty",
            "qwertyuiop12",
            "qwertyuiop123",
            "qwertyuiopasdfghjklzxcvbnm",
            "qwertyuiop[]",
            "superman1234",
            "trustno1trustno1",
            "unknown12345",
            "welcome12345",
            "welcomewelcome",
            "zaq12wsxcde3",
            "zxcvbnmasdfghjkl");

    private PasswordRules() {}

    /** What is wrong with it, without the password; empty: nothing. */
    static List<String> problems(String user, String password) {
        String plain = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> problems = new ArrayList<>();
        int length = plain.codePointCount(0, plain.length());
        if (length < SHORTEST || length > LONGEST) {
            problems.add("new_password: has " + length + " characters; it must have between " + SHORTEST + " and "
                    + LONGEST + ", any you like");
        }
        if (plain.strip().equals(user) || plain.replace(user, "").length() < FEWEST_DIFFERENT) {
            problems.add("new_password: is little more than the user's name; take another");
        } else if (COMMON.contains(plain.strip())
                || plain.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            problems.add("new_password: is one of those that are tried first; take another");
        }
        return problems;
    }
}
