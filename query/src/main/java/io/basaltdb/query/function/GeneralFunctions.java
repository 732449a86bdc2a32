package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.RUN_OF_BYTES;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What fits nowhere else: choice among arguments, hexadecimal text, chance, the system.
final class GeneralFunctions {
    private GeneralFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "greatest",
                                "the greatest argument; NULLs are left out",
                                GeneralFunctions::common,
                                site -> new ExtremeLoop(site, true))
                        .notStrict(),
                define(
                                "least",
                                "the smallest argument; NULLs are left out",
                                GeneralFunctions::common,
                                site -> new ExtremeLoop(site, false))
                        .notStrict(),
                define(
                                "nullif",
                                "NULL where both are equal, else the first",
                                GeneralFunctions::first,
                                GeneralFunctions::asCase)
                        .notStrict(),
                define(
                                "hex",
                                "bytes or whole number in hexadecimal capitals",
                                either(takes(Type.TEXT, RUN_OF_BYTES), takes(Type.TEXT, INTEGER)),
                                GeneralFunctions::hex)
                        .fallible(),
                define(
                                "unhex",
                                "the text that the hexadecimal digits stand for",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes(GeneralFunctions::unhex))
                        .alias("from_hex")
                        .fallible(),
                define(
                        "to_hex",
                        "whole number in hexadecimal digits",
                        takes(Type.TEXT, INTEGER),
                        site -> hexNumber(site, false)),
                define(
                                "random",
                                "a number from 0 to below 1, another one at each call",
                                takes(Type.DOUBLE),
                                site -> new RandomLoop())
                        .alias("rand")
                        .volatility(Volatility.VOLATILE),
                define(
                                "typeof",
                                "name of the argument's type",
                                takes(Type.TEXT, ANY),
                                site -> constant(site.argument(0).sql()))
                        .alias("pg_typeof", "totypename")
                        .notStrict(),
                define(
                                "version",
                                "name and version of the database",
                                takes(Type.TEXT),
                                site -> constant(versionText()))
                        .volatility(Volatility.STABLE));
    }

    private static @Nullable Type common(List<Type> arguments) {
        Type common = arguments.isEmpty() ? null : arguments.getFirst();
        for (Type argument : arguments) {
            if (common != null && !common.equals(argument)) {
                common = Numbers.common(common, argument);
            }
        }
        return common;
    }

    private static @Nullable Type first(List<Type> arguments) {
        return arguments.size() == 2 && common(arguments) != null ? arguments.getFirst() : null;
    }

    /// The evaluator computes NULLIF as a CASE, which compares as the operator = does; there is no loop.
    private static ScalarLoop asCase(CallSite site) {
        throw new AssertionError("nullif is evaluated as CASE");
    }

    private static ScalarLoop constant(String text) {
        Value value = Value.of(text);
        return (arguments, size, selection) -> new ConstantVector(Type.TEXT, size, value);
    }

    private static String versionText() {
        Package home = GeneralFunctions.class.getPackage();
        return "Basalt "
                + Optional.ofNullable(home)
                        .map(Package::getImplementationVersion)
                        .orElse("(built from source)");
    }

    private static ScalarLoop hex(CallSite site) {
        if (site.argument(0) instanceof Type.Int) {
            return hexNumber(site, true);
        }
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    TextOutput.checkLength(2L * a.length(0, row));
                    out.append(
                            HexFormat.of()
                                    .withUpperCase()
                                    .formatHex(a.heap(0), a.start(0, row), a.end(0, row)));
                });
    }

    /// Two's complement in the width of the type, without leading zeros.
    private static ScalarLoop hexNumber(CallSite site, boolean isUpper) {
        int bits = ((Type.Int) site.argument(0)).bits();
        long mask = bits == 64 ? -1L : (1L << bits) - 1;
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    String digits = Long.toHexString(a.number(0, row) & mask);
                    out.append(isUpper ? digits.toUpperCase(Locale.ROOT) : digits);
                });
    }

    private static void unhex(TextArguments a, int row, TextOutput out) {
        String digits =
                new String(a.heap(0), a.start(0, row), a.length(0, row), StandardCharsets.UTF_8);
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION,
                    "\"" + digits + "\" is not an even number of hexadecimal digits",
                    e);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new BasaltException(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                    "the bytes " + digits + " are not valid UTF-8",
                    e);
        }
        out.append(bytes);
    }

    /// Each loop draws from a source of its own, so that threads do not repeat each other.
    private static final class RandomLoop implements ScalarLoop {
        private final SplittableRandom random = new SplittableRandom();
        private double[] out = new double[0];

        @Override
        public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
            out = Scratch.doubles(out, size);
            for (int i = 0; i < size; i++) {
                out[i] = random.nextDouble();
            }
            return new DoubleVector(Type.DOUBLE, size, out, null);
        }
    }
}
