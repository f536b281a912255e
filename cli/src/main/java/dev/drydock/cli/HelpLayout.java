package dev.drydock.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help with a command's own options first and those of every command in one line behind them. */
final class HelpLayout {
    private HelpLayout() {}

    static void install(CommandLine root) {
        Map<String, IHelpSectionRenderer> sections = root.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, HelpLayout::heading);
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
        sections.put(
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
                help -> help.commandSpec().positionalParameters().isEmpty()
                        ? ""
                        : help.createHeading("%nArguments:%n"));
        root.setHelpSectionMap(sections);
    }

    private static List<OptionSpec> own(Help help) {
        boolean isRoot = help.commandSpec().parent() == null;
        return help.commandSpec().options().stream()
                .filter(option -> isRoot || !option.inherited())
                .toList();
    }

    private static String heading(Help help) {
        String heading = help.commandSpec().usageMessage().optionListHeading();
        if (own(help).isEmpty()) {
            return "";
        }
        return help.createHeading(heading == null || heading.isEmpty() ? "%nOptions:%n" : heading);
    }

    private static String options(Help help) {
        String list = help.optionListExcludingGroups(own(help));
        return help.commandSpec().parent() == null
                ? list
                : list
                        + help.createHeading(
                                "%nAlso: --output, --quiet, --utc, --context, --debug; see drydock --help.%n");
    }

    private static String synopsis(Help help) {
        StringBuilder line = new StringBuilder(help.commandSpec().qualifiedName());
        own(help).stream().filter(OptionSpec::required).forEach(option -> line.append(' ')
                .append(option.longestName())
                .append(' ')
                .append(option.paramLabel()));
        if (own(help).stream().anyMatch(option -> !option.required())) {
            line.append(" [OPTIONS]");
        }
        help.commandSpec().positionalParameters().forEach(parameter -> line.append(' ')
                .append(parameter.arity().min() == 0 ? "[" + parameter.paramLabel() + "]" : parameter.paramLabel())
                .append(parameter.arity().max() > 1 ? "..." : ""));
        if (!help.commandSpec().subcommands().isEmpty()) {
            line.append(help.commandSpec().parent() == null ? " NOUN VERB" : " VERB");
        }
        return line.append(System.lineSeparator()).toString();
    }
}
