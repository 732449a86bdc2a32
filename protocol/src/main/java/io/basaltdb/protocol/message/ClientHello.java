package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;
import java.util.List;
import java.util.Map;

/// Payload of HELLO: what the client speaks, who it is and how it proves that.
public final class ClientHello {
    private final int maxVersion;
    private final int minVersion;
    private final List<String> capabilities;
    private final Map<String, String> attributes;
    private final String loginMethod;
    private final byte[] credential;

    public ClientHello(
            int maxVersion,
            int minVersion,
            List<String> capabilities,
            Map<String, String> attributes,
            String loginMethod,
            byte[] credential) {
        this.maxVersion = maxVersion;
        this.minVersion = minVersion;
        this.capabilities = List.copyOf(capabilities);
        this.attributes = attributes;
        this.loginMethod = loginMethod;
        this.credential = credential;
    }

    /// Reads the payload of `frame`.
    public static ClientHello read(Frame frame) {
        PayloadReader in = frame.reader();
        int maxVersion = in.readShort();
        int minVersion = in.readShort();
        List<String> capabilities = in.readStrings();
        Map<String, String> attributes = in.readMap();
        String loginMethod = in.readString();
        byte[] credential = in.readBytes();
        return new ClientHello(
                maxVersion, minVersion, capabilities, attributes, loginMethod, credential);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out) {
        out.begin(FrameType.HELLO, 0, 0);
        out.putShort(maxVersion);
        out.putShort(minVersion);
        out.putStrings(capabilities);
        out.putMap(attributes);
        out.putString(loginMethod);
        out.putBytes(credential);
        out.end();
    }

    /// The newest version that the client speaks.
    public int maxVersion() {
        return maxVersion;
    }

    /// The oldest version that the client speaks.
    public int minVersion() {
        return minVersion;
    }

    /// What the client can do beyond the version; see [Capability].
    public List<String> capabilities() {
        return capabilities;
    }

    /// Facts about the client and wishes for the session; see [Attribute].
    public Map<String, String> attributes() {
        return attributes;
    }

    /// `none` or `token`.
    public String loginMethod() {
        return loginMethod;
    }

    /// The proof that belongs to the login method; empty for `none`.
    public byte[] credential() {
        return credential;
    }

    /// Names the client without the credential.
    @Override
    public String toString() {
        return "ClientHello[version " + minVersion + ".." + maxVersion + ", " + attributes + "]";
    }
}
