package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesMany;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What fits nowhere else: choice among arguments, hashes, the session.
final class GeneralFunctions {
    private GeneralFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "greatest",
                                "the greatest argument; NULLs are left out",
                                GeneralFunctions::common,
                                Pending::bind)
                        .notStrict()
                        .fallible(),
                define(
                                "least",
                                "the smallest argument; NULLs are left out",
                                GeneralFunctions::common,
                                Pending::bind)
                        .notStrict()
                        .fallible(),
                define(
                                "nullif",
                                "NULL where both are equal, else the first",
                                GeneralFunctions::first,
                                Pending::bind)
                        .notStrict(),
                define(
                                "hash",
                                "64 bits that stay the same for the same value",
                                takesMany(1, Type.BIGINT, ANY),
                                Pending::bind)
                        .notStrict(),
                define(
                        "md5",
                        "MD5 of the bytes, in hexadecimal",
                        takes(Type.TEXT, TEXT),
                        Pending::bind),
                define(
                        "sha256",
                        "SHA-256 of the bytes, in hexadecimal",
                        takes(Type.TEXT, TEXT),
                        Pending::bind),
                define(
                                "hex",
                                "bytes or whole number in hexadecimal capitals",
                                either(takes(Type.TEXT, TEXT), takes(Type.TEXT, INTEGER)),
                                Pending::bind)
                        .fallible(),
                define(
                                "unhex",
                                "the text that the hexadecimal digits stand for",
                                takes(Type.TEXT, TEXT),
                                Pending::bind)
                        .alias("from_hex")
                        .fallible(),
                define(
                        "to_hex",
                        "whole number in hexadecimal digits",
                        takes(Type.TEXT, INTEGER),
                        Pending::bind),
                define(
                                "random",
                                "a number from 0 to below 1, another one at each call",
                                takes(Type.DOUBLE),
                                Pending::bind)
                        .alias("rand")
                        .volatility(Volatility.VOLATILE),
                define(
                                "typeof",
                                "name of the argument's type",
                                takes(Type.TEXT, ANY),
                                Pending::bind)
                        .alias("pg_typeof", "totypename")
                        .notStrict(),
                define(
                                "version",
                                "name and version of the database",
                                takes(Type.TEXT),
                                Pending::bind)
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
}
