package dev.drydock.controller.api.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpData;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** proto3's JSON, with fields at their default included: scripts need not know what it means that one is left out. */
final class ProtoJson {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

    private ProtoJson() {}

    /** In one line. */
    static String print(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("no message of the API has an Any of unknown type", e);
        }
    }

    /** The same as the bytes of an answer. */
    static HttpData data(Message message) {
        Pieces pieces = new Pieces();
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(pieces, StandardCharsets.UTF_8))) {
            PRINTER.appendTo(message, writer);
        } catch (IOException e) {
            throw new IllegalStateException("no message of the API has an Any of unknown type", e);
        }
        return pieces.data();
    }
}
