package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;
import java.util.List;
import java.util.Map;

/// Payload of WELCOME: the session is open, in this version and with these capabilities.
public final class Welcome {
    private final int version;
    private final List<String> capabilities;
    private final Map<String, String> attributes;

    public Welcome(int version, List<String> capabilities, Map<String, String> attributes) {
        this.version = version;
        this.capabilities = List.copyOf(capabilities);
        this.attributes = attributes;
    }

    /// Reads the payload of `frame`.
    public static Welcome read(Frame frame) {
        PayloadReader in = frame.reader();
        int version = in.readShort();
        List<String> capabilities = in.readStrings();
        Map<String, String> attributes = in.readMap();
        return new Welcome(version, capabilities, attributes);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out) {
        out.begin(FrameType.WELCOME, 0, 0);
        out.putShort(version);
        out.putStrings(capabilities);
        out.putMap(attributes);
        out.end();
    }

    /// The version that both sides speak from now on.
    public int version() {
        return version;
    }

    /// What both sides can do; see [Capability].
    public List<String> capabilities() {
        return capabilities;
    }

    /// Facts about the server and the session; see [Attribute].
    public Map<String, String> attributes() {
        return attributes;
    }
}
