package dev.drydock.controller.api.rest;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** proto3's JSON, with fields at their default included: scripts need not know what it means that one is left out. */
enum ProtoJson implements GrpcJsonMarshaller {
    INSTANCE;

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    static String print(Message message) throws IOException {
        return PRINTER.print(message);
    }

    @Override
    public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream to) throws IOException {
        to.write(print((Message) message).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream from) throws IOException {
        PrototypeMarshaller<T> typed = (PrototypeMarshaller<T>) marshaller;
        Message.Builder message = ((Message) typed.getMessagePrototype()).newBuilderForType();
        PARSER.merge(new InputStreamReader(from, StandardCharsets.UTF_8), message);
        return typed.getMessageClass().cast(message.build());
    }
}
