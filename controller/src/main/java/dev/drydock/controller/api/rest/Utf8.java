package dev.drydock.controller.api.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of requests: nothing is guessed, nothing replaced by question marks. */
final class Utf8 {
    private Utf8() {}

    static String text(byte[] bytes) throws BadTextException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadTextException("is not UTF-8");
        }
    }

    /** @param plusIsSpace as in queries */
    static String percentDecoded(String raw, boolean plusIsSpace) throws BadTextException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        byte[] sent = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] == '%') {
                int high = i + 2 < sent.length ? Character.digit(sent[i + 1], 16) : -1;
                int low = i + 2 < sent.length ? Character.digit(sent[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new BadTextException("has a % that two hexadecimal digits do not follow");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && sent[i] == '+' ? ' ' : sent[i]);
            }
        }
        return text(bytes.toByteArray());
    }
}
