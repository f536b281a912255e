package dev.drydock.agent.host.certificates;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates that nginx's configuration names (ngx_http_ssl_module, ngx_stream_ssl_module, ngx_mail_ssl_module). */
final class NginxCertificates {
    private static final String DIRECTORY = "/etc/nginx";
    private static final int DEEPEST = 10;
    private static final Pattern TOKEN =
            Pattern.compile("#[^\\n]*|\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|([{};])|([^\\s{};#\"']+)");

    private final ConfigurationWalk walk;
    private final Set<CertificateReference> found = new LinkedHashSet<>();
    private final Deque<Block> blocks = new ArrayDeque<>();

    NginxCertificates(ConfigurationWalk walk) {
        this.walk = walk;
    }

    /** The n-th certificate of a block goes with its n-th key. */
    private record Block(List<String> certificates, List<String> keys) {
        Block() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    Set<CertificateReference> find() throws IOException {
        blocks.push(new Block());
        file(DIRECTORY + "/nginx.conf", 0);
        while (!blocks.isEmpty()) {
            close();
        }
        return found;
    }

    private void file(String path, int depth) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher token = TOKEN.matcher(walk.text(path));
        while (token.find()) {
            String mark = token.group(3);
            if (mark == null) {
                word(token, words);
                continue;
            }
            switch (mark) {
                case ";" -> directive(words, depth);
                case "{" -> blocks.push(new Block());
                default -> close();
            }
            words.clear();
        }
    }

    private static void word(Matcher token, List<String> words) {
        for (int group : new int[] {1, 2, 4}) {
            if (token.group(group) != null) {
                words.add(token.group(group));
            }
        }
    }

    private void directive(List<String> words, int depth) throws IOException {
        if (words.size() != 2) {
            return;
        }
        String value = words.get(1);
        switch (words.getFirst()) {
            case "include" -> {
                for (String file : depth < DEEPEST ? walk.matching(absolute(value)) : List.<String>of()) {
                    file(file, depth + 1);
                }
            }
            case "ssl_certificate" -> block().certificates().add(value);
            case "ssl_certificate_key" -> block().keys().add(value);
            default -> {}
        }
    }

    private Block block() {
        if (blocks.isEmpty()) {
            blocks.push(new Block());
        }
        return blocks.element();
    }

    /** What is made of variables, or handed in as data, is no file that could be looked at. */
    private void close() {
        Block block = blocks.poll();
        if (block == null) {
            return;
        }
        for (int i = 0; i < block.certificates().size(); i++) {
            String certificate = block.certificates().get(i);
            String key = i < block.keys().size() ? block.keys().get(i) : "";
            if (isFile(certificate)) {
                found.add(new CertificateReference(
                        absolute(certificate), !key.isEmpty() && isFile(key) ? absolute(key) : "", "nginx"));
            }
        }
    }

    private static boolean isFile(String value) {
        return !value.contains("$") && !value.startsWith("data:") && !value.startsWith("engine:");
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : DIRECTORY + "/" + path;
    }
}
