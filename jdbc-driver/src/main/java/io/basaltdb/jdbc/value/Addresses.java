package io.basaltdb.jdbc.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// Addresses of the Internet Protocol as Java has them. Nothing here asks for the address of a name.
final class Addresses {
    /// Without a letter beyond the hexadecimal digits no name is looked up: what has a colon is an address, and so is what has digits and dots alone.
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private Addresses() {}

    /// Without the zone that an address may have on this machine.
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
        return zone < 0 ? text : text.substring(0, zone);
    }

    /// The host that the text of an INET names; one with a prefix is none.
    static InetAddress host(String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw ConversionException.unreadable(text, "address of a host");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw ConversionException.unreadable(text, "address of a host");
        }
    }
}
