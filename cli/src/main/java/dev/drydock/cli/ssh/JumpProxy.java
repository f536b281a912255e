package dev.drydock.cli.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The way through a machine that is logged in to already, as {@code ssh -J} goes (RFC 4254, 7.2). No port is opened on this
 * machine, where other users could take it.
 */
final class JumpProxy implements Proxy {
    private final Session through;
    private @Nullable ChannelDirectTCPIP channel;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    JumpProxy(Session through) {
        this.through = through;
    }

    @Override
    public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
            throws JSchException, IOException {
        ChannelDirectTCPIP direct = (ChannelDirectTCPIP) through.openChannel("direct-tcpip");
        channel = direct;
        direct.setHost(host);
        direct.setPort(port);
        in = direct.getInputStream();
        out = direct.getOutputStream();
        direct.connect(timeout);
    }

    @Override
    @SuppressWarnings("NullAway") // JSch asks after connect alone
    public InputStream getInputStream() {
        return in;
    }

    @Override
    @SuppressWarnings("NullAway")
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    @SuppressWarnings("NullAway") // JSch takes no socket for one without timeouts of its own
    public Socket getSocket() {
        return null;
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.disconnect();
        }
    }
}
