package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * For how long the web server's PHP may go on running code that has been replaced: OPcache looks at its files every few seconds, or
 * never. Read from the configuration files of PHP-FPM and of Apache's module; the longest of all counts.
 *
 * @param stale until then old code may run
 * @param looks whether it looks at the files at all
 */
public record CodeCache(Duration stale, boolean looks) {
    /** PHP's own default. */
    private static final int DEFAULT_SECONDS = 2;

    private static final List<String> PLACES = List.of(
            "/etc/php", "/etc/php.ini", "/etc/php.d", "/etc/php-fpm.conf", "/etc/php-fpm.d", "/etc/php7", "/etc/php8");
    private static final Pattern SETTING = Pattern.compile(
            "(?m)^[ \\t]*(?:php(?:_admin)?_(?:value|flag)\\[)?opcache\\.(revalidate_freq|validate_timestamps)]?"
                    + "[ \\t]*=[ \\t]*\"?(\\w+)");
    private static final int DEPTH = 4;

    public static CodeCache of(HostFiles files) throws IOException {
        CodeCache all = new CodeCache(Duration.ofSeconds(DEFAULT_SECONDS), true);
        for (String place : PLACES) {
            Path start = files.resolve(place);
            if (Files.exists(start)) {
                try (Stream<Path> found = Files.walk(start, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                    for (Path file : found.filter(CodeCache::counts).toList()) {
                        all = all.with(Files.readString(file, StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return all;
    }

    /** Not the command line's own: each of its programs reads its files anew. */
    private static boolean counts(Path file) {
        return file.toString().matches(".*\\.(ini|conf)")
                && !file.toString().contains("/cli/")
                && Files.isRegularFile(file);
    }

    CodeCache with(String configuration) {
        CodeCache result = this;
        Matcher m = SETTING.matcher(configuration);
        while (m.find()) {
            String value = m.group(2).toLowerCase(Locale.ROOT);
            if (m.group(1).equals("validate_timestamps")) {
                result = new CodeCache(result.stale, result.looks && !value.matches("0|off|no|false"));
            } else if (value.matches("\\d{1,6}") && Integer.parseInt(value) > result.stale.toSeconds()) {
                result = new CodeCache(Duration.ofSeconds(Integer.parseInt(value)), result.looks);
            }
        }
        return result;
    }
}
