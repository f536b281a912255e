package dev.drydock.dist.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a program, of what its commands say of themselves: one page for all of them, in the order of the help.
 * Written as man(7) of groff describes it. Picocli itself writes AsciiDoc, which only a Ruby program turns into a page.
 */
final class ManPage {
    private final StringBuilder out = new StringBuilder();

    private ManPage() {}

    /** Compressed, as both families keep them. */
    static byte[] of(CommandLine program, int section, String version, Instant made) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text(program, section, version, made).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static String text(CommandLine program, int section, String version, Instant made) {
        ManPage page = new ManPage();
        // The formatter breaks lines, not picocli.
        program.setUsageHelpWidth(10_000);
        CommandSpec spec = program.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        String name = spec.name();
        page.line(".TH \"" + plain(name).toUpperCase(java.util.Locale.ROOT) + "\" " + section + " "
                + made.atZone(ZoneOffset.UTC).toLocalDate() + " \"Drydock " + version + "\"");
        page.line(".SH NAME");
        page.line(plain(name) + " \\- " + plain(firstSentence(usage.description())));
        page.line(".SH SYNOPSIS");
        page.synopsis(program);
        page.line(".SH DESCRIPTION");
        page.paragraphs(usage.description());
        page.arguments(program);
        page.line(".SH COMMANDS");
        page.commands(program);
        page.footer(usage, ".SH");
        return page.out.toString();
    }

    private void commands(CommandLine parent) {
        for (CommandLine command : parent.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            line(".SS \"" + plain(spec.qualifiedName()) + "\"");
            synopsis(command);
            line(".PP");
            paragraphs(spec.usageMessage().description());
            arguments(command);
            footer(spec.usageMessage(), "");
            commands(command);
        }
    }

    private void synopsis(CommandLine command) {
        String text = command.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
        line(".PP");
        line(plain(text));
    }

    private void arguments(CommandLine command) {
        for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
            if (!argument.hidden()) {
                tagged("\\fI" + plain(argument.paramLabel()) + "\\fR", argument.description());
            }
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                String names = "\\fB" + plain(String.join(", ", option.names())) + "\\fR";
                boolean valued = option.arity().max() > 0;
                tagged(valued ? names + " \\fI" + plain(option.paramLabel()) + "\\fR" : names, option.description());
            }
        }
    }

    private void tagged(String tag, String[] text) {
        line(".TP");
        line(tag);
        paragraphs(text);
    }

    private void footer(UsageMessageSpec usage, String heading) {
        if (usage.footer().length == 0) {
            return;
        }
        String title = plain(resolved(usage.footerHeading()).strip().replaceAll(":$", ""));
        line(heading.isEmpty() ? ".PP" : heading + " " + title.toUpperCase(java.util.Locale.ROOT));
        if (heading.isEmpty()) {
            line(title + ":");
        }
        line(".PP");
        line(".nf");
        Arrays.stream(usage.footer()).flatMap(text -> resolved(text).lines()).forEach(text -> line(plain(text)));
        line(".fi");
    }

    private void paragraphs(String[] texts) {
        Arrays.stream(texts)
                .flatMap(text -> resolved(text).lines())
                .filter(text -> !text.isBlank())
                .forEach(text -> line(plain(text.strip())));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String firstSentence(String[] description) {
        String all = resolved(description.length == 0 ? "" : description[0]).strip();
        return all.replaceFirst("\\.$", "");
    }

    /** Picocli's texts are formats, with marks for colours. */
    private static String resolved(String text) {
        return Help.Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
    }

    /** Nothing in it is an instruction to the formatter. */
    private static String plain(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\u2026", "...");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
