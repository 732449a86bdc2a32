package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INET;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesAndGivesFirst;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole numbers: divisors, factorials and bits, which addresses have as well. A shift that loses bits is an error like every overflow.
final class IntegerFunctions {
    private IntegerFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "gcd",
                                "greatest common divisor",
                                IntegerFunctions::common,
                                site -> rows(site, IntegerFunctions::gcd))
                        .fallible(),
                define(
                                "lcm",
                                "least common multiple",
                                IntegerFunctions::common,
                                site -> rows(site, IntegerFunctions::lcm))
                        .fallible(),
                define(
                                "factorial",
                                "the product of the whole numbers from 1 to n",
                                takes(new Type.Decimal(38, 0), INTEGER),
                                site -> new FactorialLoop(site.result()))
                        .fallible(),
                define(
                                "bit_and",
                                "bits set in both",
                                either(IntegerFunctions::common, takes(Type.INET, INET, INET)),
                                site ->
                                        InetFunctions.concerns(site.arguments())
                                                ? InetFunctions.bits(site, IpAddress::and)
                                                : new BitLoop(site, BitLoop.Operation.AND))
                        .alias("&", "bitand")
                        .converting(InetFunctions::besideAddresses)
                        .fallible((arguments, result) -> result instanceof Type.Inet),
                define(
                                "bit_or",
                                "bits set in one or both",
                                either(IntegerFunctions::common, takes(Type.INET, INET, INET)),
                                site ->
                                        InetFunctions.concerns(site.arguments())
                                                ? InetFunctions.bits(site, IpAddress::or)
                                                : new BitLoop(site, BitLoop.Operation.OR))
                        .alias("|", "bitor")
                        .converting(InetFunctions::besideAddresses)
                        .fallible((arguments, result) -> result instanceof Type.Inet),
                define(
                                "bit_xor",
                                "bits set in one alone",
                                IntegerFunctions::common,
                                site -> new BitLoop(site, BitLoop.Operation.XOR))
                        .alias("#", "xor", "bitxor"),
                define(
                                "bit_not",
                                "every bit turned",
                                either(takesAndGivesFirst(1, INTEGER), takes(Type.INET, INET)),
                                site ->
                                        InetFunctions.concerns(site.arguments())
                                                ? InetFunctions.bits(site, IpAddress::not)
                                                : new BitLoop(site, BitLoop.Operation.NOT))
                        .alias("bitnot"),
                define(
                                "bit_count",
                                "number of bits set",
                                takes(Type.INTEGER, INTEGER),
                                site -> new BitLoop(site, BitLoop.Operation.COUNT))
                        .alias("bitcount"),
                define(
                                "shift_left",
                                "bits moved up by n; of addresses: whether the first network lies within the second",
                                either(
                                        takesAndGivesFirst(2, INTEGER, INTEGER),
                                        takes(Type.BOOLEAN, INET, INET)),
                                site ->
                                        InetFunctions.concerns(site.arguments())
                                                ? InetFunctions.within(site)
                                                : rows(site, IntegerFunctions::shiftLeft))
                        .alias("<<", "bitshiftleft")
                        .converting(InetFunctions::besideAddresses)
                        .fallible((arguments, result) -> result instanceof Type.Int),
                define(
                                "shift_right",
                                "bits moved down by n, keeping the sign; of addresses: whether the second network lies within the first",
                                either(
                                        takesAndGivesFirst(2, INTEGER, INTEGER),
                                        takes(Type.BOOLEAN, INET, INET)),
                                site ->
                                        InetFunctions.concerns(site.arguments())
                                                ? InetFunctions.around(site)
                                                : rows(site, IntegerFunctions::shiftRight))
                        .alias(">>", "bitshiftright")
                        .converting(InetFunctions::besideAddresses)
                        .fallible((arguments, result) -> result instanceof Type.Int));
    }

    private static @Nullable Type common(List<Type> arguments) {
        return arguments.size() == 2 && Accepts.all(arguments, INTEGER)
                ? Numbers.common(arguments.get(0), arguments.get(1))
                : null;
    }

    private static ScalarLoop rows(CallSite site, LongRows.Binary row) {
        String outOfRange = site.result().sql() + " out of range";
        return LongRows.binary(
                site.result(),
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                outOfRange,
                (a, b) -> {
                    long result = row.apply(a, b);
                    if (!ExactNumbers.fits(result, site.result())) {
                        throw new ArithmeticException(outOfRange);
                    }
                    return result;
                });
    }

    private static long gcd(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return Math.absExact(a);
    }

    private static long lcm(long left, long right) {
        return left == 0 || right == 0
                ? 0
                : Math.absExact(Math.multiplyExact(left / gcd(left, right), right));
    }

    private static long shiftLeft(long value, long by) {
        refuseNegative(by);
        if (value != 0 && (by > 63 || value << by >> by != value)) {
            throw new ArithmeticException("bits lost");
        }
        return by > 63 ? 0 : value << by;
    }

    private static long shiftRight(long value, long by) {
        refuseNegative(by);
        return value >> Math.min(63, by);
    }

    private static void refuseNegative(long by) {
        if (by < 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT, "bits cannot be shifted by " + by + " places");
        }
    }

    private static final class FactorialLoop extends StrictLoop {
        /// The last that has at most 38 digits.
        private static final int LAST = 33;

        private static final BigInteger[] FACTORIALS = new BigInteger[LAST + 1];

        static {
            FACTORIALS[0] = BigInteger.ONE;
            for (int n = 1; n <= LAST; n++) {
                FACTORIALS[n] = FACTORIALS[n - 1].multiply(BigInteger.valueOf(n));
            }
        }

        private final LongLanes lanes = new LongLanes();
        private long[] high = new long[0];
        private long[] low = new long[0];

        FactorialLoop(Type result) {
            super(result);
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            long[] numbers = lanes.read(arguments.getFirst(), size);
            high = Scratch.longs(high, size);
            low = Scratch.longs(low, size);
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                long n = numbers[row];
                if (n < 0 || n > LAST) {
                    throw new BasaltException(
                            n < 0 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.NUMERIC_OUT_OF_RANGE,
                            "factorial takes whole numbers from 0 to " + LAST + ", found " + n);
                }
                BigInteger factorial = FACTORIALS[(int) n];
                high[row] = factorial.shiftRight(Long.SIZE).longValueExact();
                low[row] = factorial.longValue();
            }
            return new WideVector(type, size, high, low, valid);
        }
    }

    /// Operations on bits, in loops.
    private static final class BitLoop extends StrictLoop {
        enum Operation {
            AND,
            OR,
            XOR,
            NOT,
            COUNT
        }

        private final Operation operation;
        private final long mask;
        private final LongLanes left = new LongLanes();
        private final LongLanes right = new LongLanes();
        private long[] out = new long[0];

        BitLoop(CallSite site, Operation operation) {
            super(site.result());
            this.operation = operation;
            int bits = ((Type.Int) site.argument(0)).bits();
            this.mask = bits == 64 ? -1L : (1L << bits) - 1;
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            out = Scratch.longs(out, size);
            long[] a = left.read(arguments.getFirst(), size);
            long[] b = arguments.size() > 1 ? right.read(arguments.get(1), size) : a;
            switch (operation) {
                case AND -> Arithmetic.bitAnd(a, b, out, size);
                case OR -> Arithmetic.bitOr(a, b, out, size);
                case XOR -> Arithmetic.bitXor(a, b, out, size);
                case NOT -> Arithmetic.bitNot(a, out, size);
                case COUNT -> Arithmetic.bitCount(a, mask, out, size);
            }
            return new LongVector(type, size, out, valid);
        }
    }
}
