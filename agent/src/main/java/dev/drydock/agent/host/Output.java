package dev.drydock.agent.host;

/** Takes output as it is made. Bounded in memory; safe for use by several threads. */
public interface Output {
    /** Takes over nothing: the bytes are written before the call returns. */
    void write(byte[] bytes, int offset, int length);

    /** Writes a line of the agent's own. */
    default void line(String text) {
        byte[] bytes = (text + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }
}
