package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INET;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Functions and operators of INET, as PostgreSQL has them. What they take is read as INET where it is TEXT. An address and the length of its prefix are one value: a
/// network lies within another of its version whose prefix is shorter and begins its own.
public final class InetFunctions {
    /// `a <<= b`, and what stands for it in plans.
    public static final String WITHIN_OR_EQUAL = "network_subeq";

    /// `a << b`.
    public static final String WITHIN = "network_sub";

    private InetFunctions() {}

    static List<Definition> all() {
        return Stream.of(
                        define(
                                "host",
                                "the address without the length of its prefix",
                                takes(Type.TEXT, INET),
                                TextRows.writes(
                                        (a, row, out) -> out.append(address(a, 0, row).text()))),
                        define(
                                        "ip_family",
                                        "4 or 6, the version of the address",
                                        takes(Type.INTEGER, INET),
                                        TextRows.counts(
                                                (a, row) -> address(a, 0, row).isV4() ? 4 : 6))
                                .alias("family"),
                        define(
                                "masklen",
                                "the length of the address's prefix in bits",
                                takes(Type.INTEGER, INET),
                                TextRows.counts((a, row) -> bits(a, 0, row))),
                        define(
                                        "set_masklen",
                                        "the address with a prefix of so many bits; -1: all",
                                        takes(Type.INET, INET, INTEGER),
                                        TextRows.writes(InetFunctions::setBits))
                                .fallible(),
                        define(
                                "network",
                                "the network that the address lies in: what is behind the prefix is cleared",
                                takes(Type.INET, INET),
                                TextRows.writes((a, row, out) -> {
                                    int bits = bits(a, 0, row);
                                    put(address(a, 0, row).cut(bits), bits, out);
                                })),
                        define(
                                "broadcast",
                                "the last address of the network that the address lies in",
                                takes(Type.INET, INET),
                                TextRows.writes((a, row, out) -> {
                                    int bits = bits(a, 0, row);
                                    put(address(a, 0, row).last(bits), bits, out);
                                })),
                        define(
                                "netmask",
                                "an address whose bits are set where the prefix is",
                                takes(Type.INET, INET),
                                TextRows.writes(
                                        (a, row, out) -> put(mask(a, row), most(a, 0, row), out))),
                        define(
                                "hostmask",
                                "an address whose bits are set behind the prefix",
                                takes(Type.INET, INET),
                                TextRows.writes((a, row, out) ->
                                        put(mask(a, row).not(), most(a, 0, row), out))),
                        define(
                                "abbrev",
                                "the address as a text, with the length of its prefix unless that is all of it",
                                takes(Type.TEXT, INET),
                                TextRows.writes((a, row, out) ->
                                        out.append(
                                                InetBytes.text(
                                                        a.heap(0),
                                                        a.start(0, row),
                                                        a.length(0, row))))),
                        define(
                                "inet_same_family",
                                "whether both addresses are of one version",
                                takes(Type.BOOLEAN, INET, INET),
                                TextRows.tests((a, row) ->
                                        address(a, 0, row).isV4() == address(a, 1, row).isV4())),
                        define(
                                        "inet_merge",
                                        "the smallest network that both lie in",
                                        takes(Type.INET, INET, INET),
                                        TextRows.writes(InetFunctions::merge))
                                .fallible(),
                        define(
                                WITHIN,
                                "whether the first network lies within the second and is not the same: the operator <<",
                                takes(Type.BOOLEAN, INET, INET),
                                InetFunctions::within),
                        define(
                                        WITHIN_OR_EQUAL,
                                        "whether the first network lies within the second or is the same",
                                        takes(Type.BOOLEAN, INET, INET),
                                        TextRows.tests((a, row) -> isWithin(a, row, 0, 0)))
                                .alias("<<="),
                        define(
                                "network_overlap",
                                "whether one network lies within the other: the operator &&",
                                takes(Type.BOOLEAN, INET, INET),
                                InetFunctions::overlap))
                .map(function -> function.converting(InetFunctions::toAddresses))
                .toList();
    }

    /// Every TEXT is read as INET.
    static List<Type> toAddresses(List<Type> types) {
        return types.stream().map(type -> type instanceof Type.Text ? Type.INET : type).toList();
    }

    /// Texts beside an INET are read as such.
    static List<Type> besideAddresses(List<Type> types) {
        return concerns(types) ? toAddresses(types) : types;
    }

    static boolean concerns(List<Type> types) {
        return types.contains(Type.INET);
    }

    private static IpAddress address(TextArguments a, int argument, int row) {
        return InetBytes.address(a.heap(argument), a.start(argument, row), a.length(argument, row));
    }

    private static int bits(TextArguments a, int argument, int row) {
        return InetBytes.bits(a.heap(argument), a.start(argument, row));
    }

    private static int most(TextArguments a, int argument, int row) {
        return InetBytes.most(a.heap(argument), a.start(argument, row));
    }

    private static void put(IpAddress address, int bits, TextOutput out) {
        out.append(InetBytes.of(address, bits));
    }

    private static IpAddress mask(TextArguments a, int row) {
        return IpAddress.firstOnes(address(a, 0, row).isV4(), bits(a, 0, row));
    }

    private static void setBits(TextArguments a, int row, TextOutput out) {
        long bits = a.number(1, row);
        int most = most(a, 0, row);
        if (bits < -1 || bits > most) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a prefix of this address has from 0 to "
                            + most
                            + " bits, or -1 for all, found "
                            + bits);
        }
        put(address(a, 0, row), bits < 0 ? most : (int) bits, out);
    }

    private static void merge(TextArguments a, int row, TextOutput out) {
        IpAddress left = address(a, 0, row);
        IpAddress right = address(a, 1, row);
        refuseMixed(left, right);
        int bits = left.common(right, Math.min(bits(a, 0, row), bits(a, 1, row)));
        put(left.cut(bits), bits, out);
    }

    private static void refuseMixed(IpAddress left, IpAddress right) {
        if (left.isV4() != right.isV4()) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "both addresses must be of one version, found "
                            + left.text()
                            + " and "
                            + right.text());
        }
    }

    /// Whether one argument lies within the other.
    ///
    /// @param inner 0 or 1, the one that lies within
    /// @param more bits that its prefix has more at least
    private static boolean isWithin(TextArguments a, int row, int inner, int more) {
        int outer = 1 - inner;
        return bits(a, inner, row) >= bits(a, outer, row) + more
                && InetBytes.overlap(a.heap(0), a.start(0, row), a.heap(1), a.start(1, row));
    }

    static ScalarLoop within(CallSite site) {
        return TextRows.tester(site, (a, row) -> isWithin(a, row, 0, 1));
    }

    static ScalarLoop around(CallSite site) {
        return TextRows.tester(site, (a, row) -> isWithin(a, row, 1, 1));
    }

    static ScalarLoop overlap(CallSite site) {
        return TextRows.tester(
                site,
                (a, row) ->
                        InetBytes.overlap(a.heap(0), a.start(0, row), a.heap(1), a.start(1, row)));
    }

    /// Bits of both addresses; the longer prefix stays.
    static ScalarLoop bits(CallSite site, BinaryOperator<IpAddress> operation) {
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    IpAddress left = address(a, 0, row);
                    IpAddress right = address(a, 1, row);
                    refuseMixed(left, right);
                    put(
                            operation.apply(left, right),
                            Math.max(bits(a, 0, row), bits(a, 1, row)),
                            out);
                });
    }

    static ScalarLoop bits(CallSite site, UnaryOperator<IpAddress> operation) {
        return TextRows.writer(
                site,
                (a, row, out) -> put(operation.apply(address(a, 0, row)), bits(a, 0, row), out));
    }

    /// Type of `a + b` or `a - b` where one is an INET; null where they do not fit.
    static @Nullable Type sum(List<Type> arguments, boolean isDifference) {
        boolean left = INET.accepts(arguments.get(0));
        boolean right = INET.accepts(arguments.get(1));
        if (left && right) {
            return isDifference ? Type.BIGINT : null;
        }
        return INTEGER.accepts(arguments.get(left ? 1 : 0)) && (left || !isDifference)
                ? Type.INET
                : null;
    }

    static ScalarLoop bindSum(CallSite site, boolean isDifference) {
        if (site.result() instanceof Type.Int) {
            return TextRows.counter(site, InetFunctions::distance);
        }
        int address = INET.accepts(site.argument(0)) ? 0 : 1;
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    IpAddress start = address(a, address, row);
                    long count = a.number(1 - address, row);
                    @Nullable IpAddress end =
                            !isDifference
                                    ? start.plus(count)
                                    : count == Long.MIN_VALUE ? null : start.plus(-count);
                    if (end == null) {
                        throw new BasaltException(
                                ErrorCode.NUMERIC_OUT_OF_RANGE,
                                "there is no address "
                                        + start.text()
                                        + (isDifference ? " - " : " + ")
                                        + count);
                    }
                    put(end, bits(a, address, row), out);
                });
    }

    private static long distance(TextArguments a, int row) {
        IpAddress left = address(a, 0, row);
        IpAddress right = address(a, 1, row);
        refuseMixed(left, right);
        try {
            return left.minus(right);
        } catch (ArithmeticException e) {
            throw new BasaltException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    left.text() + " - " + right.text() + " is out of the range of BIGINT",
                    e);
        }
    }
}
