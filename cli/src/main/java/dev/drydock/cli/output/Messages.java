package dev.drydock.cli.output;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/** Messages as scripts read them: proto3 JSON with lowerCamelCase names, fields at their default included; or the same as YAML. */
public final class Messages {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

    private Messages() {}

    public static String json(MessageOrBuilder message) {
        return print(PRINTER, message);
    }

    public static String jsonLine(MessageOrBuilder message) {
        return print(PRINTER.omittingInsignificantWhitespace(), message);
    }

    public static String yaml(MessageOrBuilder message) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(Integer.MAX_VALUE); // our own JSON, not somebody's file
        return yaml(new Yaml(new SafeConstructor(limits)).<Object>load(json(message)));
    }

    /** A tree of maps, lists and values. */
    static String yaml(Object tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setNonPrintableStyle(
                DumperOptions.NonPrintableStyle.ESCAPE); // else text with control characters is binary
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new Yaml(new Representer(options), options).dump(tree).stripTrailing();
    }

    private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "not printable as JSON: " + message.getDescriptorForType().getFullName(), e);
        }
    }
}
