package dev.drydock.agent.facts;

import com.google.protobuf.CodedOutputStream;
import dev.drydock.proto.facts.v1.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identity of facts, so that they travel on change only. */
final class FactsDigest {
    private FactsDigest() {}

    static String of(Host facts) {
        try {
            byte[] bytes = new byte[facts.getSerializedSize()];
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            facts.writeTo(out);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("an array of the right size cannot be too small", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
