package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses of the Internet Protocol, which are texts: `192.0.2.1`, `2001:db8::1`, and networks of them, `192.0.2.0/24`. An IPv4 address is inside an IPv6
/// network, and the other way round, in its mapped form `::ffff:192.0.2.1`.
final class NetworkFunctions {
    private static final long MAX_IPV4 = 0xFFFF_FFFFL;

    private NetworkFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "is_ipv4",
                                "whether the text is an IPv4 address",
                                takes(Type.BOOLEAN, TEXT),
                                TextRows.tests((a, row) -> isOfFamily(a, row, true)))
                        .alias("isipv4string"),
                define(
                                "is_ipv6",
                                "whether the text is an IPv6 address",
                                takes(Type.BOOLEAN, TEXT),
                                TextRows.tests((a, row) -> isOfFamily(a, row, false)))
                        .alias("isipv6string"),
                define(
                                "ip_in_network",
                                "whether the IP address lies in the network, an address with a / and the number of its leading bits",
                                takes(Type.BOOLEAN, TEXT, TEXT),
                                TextRows.tests(NetworkFunctions::isInNetwork))
                        .alias("isipaddressinrange", "cidr_contains")
                        .fallible(),
                define(
                                "ip_network",
                                "the network of so many leading bits that the IP address lies in",
                                takes(Type.TEXT, TEXT, INTEGER),
                                TextRows.writes(NetworkFunctions::network))
                        .fallible(),
                define(
                                "ip_canonical",
                                "the IP address in its shortest form",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes(
                                        (a, row, out) -> out.append(parsed(a, 0, row).text())))
                        .fallible(),
                define(
                                "ipv4_to_number",
                                "the IPv4 address as a number of 32 bits",
                                takes(Type.BIGINT, TEXT),
                                TextRows.counts(NetworkFunctions::number))
                        .alias("ipv4stringtonum", "inet_aton")
                        .fallible(),
                define(
                                "ipv4_from_number",
                                "the IPv4 address of a number of 32 bits",
                                takes(Type.TEXT, INTEGER),
                                TextRows.writes(NetworkFunctions::ofNumber))
                        .alias("ipv4numtostring", "inet_ntoa")
                        .fallible());
    }

    private static String text(TextArguments a, int argument, int row) {
        return new String(
                a.heap(argument),
                a.start(argument, row),
                a.length(argument, row),
                StandardCharsets.UTF_8);
    }

    private static boolean isOfFamily(TextArguments a, int row, boolean v4) {
        @Nullable IpAddress address = IpAddress.parse(text(a, 0, row));
        return address != null && address.isV4() == v4;
    }

    private static IpAddress parsed(TextArguments a, int argument, int row) {
        return parsed(text(a, argument, row));
    }

    private static IpAddress parsed(String text) {
        @Nullable IpAddress address = IpAddress.parse(text);
        if (address == null) {
            throw new BasaltException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION, "'" + text + "' is not an IP address");
        }
        return address;
    }

    private static boolean isInNetwork(TextArguments a, int row) {
        IpAddress address = parsed(a, 0, row);
        String network = text(a, 1, row);
        int slash = network.indexOf('/');
        IpAddress base = parsed(slash < 0 ? network : network.substring(0, slash));
        int most = base.isV4() ? 32 : 128;
        int bits = slash < 0 ? most : bits(network.substring(slash + 1), most, network);
        return address.mapped().sharesBits(base.mapped(), base.isV4() ? bits + 96 : bits);
    }

    private static int bits(String digits, int most, String network) {
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= 3
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int bits = number ? Integer.parseInt(digits) : -1;
        if (bits < 0 || bits > most) {
            throw new BasaltException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION,
                    "'"
                            + network
                            + "' is not a network: behind / stands a number from 0 to "
                            + most);
        }
        return bits;
    }

    private static void network(TextArguments a, int row, TextOutput out) {
        IpAddress address = parsed(a, 0, row);
        long bits = a.number(1, row);
        int most = address.isV4() ? 32 : 128;
        if (bits < 0 || bits > most) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a network has from 0 to " + most + " leading bits, found " + bits);
        }
        out.append(address.cut((int) bits).text() + "/" + bits);
    }

    private static long number(TextArguments a, int row) {
        String text = text(a, 0, row);
        IpAddress address = parsed(text);
        if (!address.isV4()) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT, "'" + text + "' is not an IPv4 address");
        }
        return address.low();
    }

    private static void ofNumber(TextArguments a, int row, TextOutput out) {
        long number = a.number(0, row);
        if (number < 0 || number > MAX_IPV4) {
            throw new BasaltException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    number + " is not the number of an IPv4 address, 0 to " + MAX_IPV4);
        }
        out.append(new IpAddress(true, 0, number).text());
    }
}
