package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.BINARY;
import static io.basaltdb.query.function.Accepts.RUN_OF_BYTES;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What is made of bytes: VARBINARY and its texts, UUID.
final class BinaryFunctions {
    private BinaryFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "encode",
                                "the bytes as text in the form 'hex', 'base64' or 'escape'; without a form, the bytes of the text",
                                either(
                                        takes(Type.TEXT, RUN_OF_BYTES, TEXT),
                                        takes(Type.VARBINARY, TEXT)),
                                site ->
                                        TextRows.writer(
                                                site,
                                                site.arity() == 1
                                                        ? BinaryFunctions::copy
                                                        : BinaryFunctions::encode))
                        .fallible(),
                define(
                                "decode",
                                "the bytes that the text in the form 'hex', 'base64' or 'escape' stands for; without a form, the text of the bytes",
                                either(takes(Type.VARBINARY, TEXT, TEXT), takes(Type.TEXT, BINARY)),
                                site ->
                                        TextRows.writer(
                                                site,
                                                site.arity() == 1
                                                        ? BinaryFunctions::text
                                                        : BinaryFunctions::decode))
                        .fallible(),
                define(
                                "gen_random_uuid",
                                "a random UUID of version 4, another one at each call",
                                takes(Type.UUID),
                                site -> new RandomUuidLoop())
                        .alias("uuid", "uuidv4", "generateuuidv4")
                        .volatility(Volatility.VOLATILE));
    }

    private static void copy(TextArguments a, int row, TextOutput out) {
        out.append(a.heap(0), a.start(0, row), a.length(0, row));
    }

    private static String form(TextArguments a, int row) {
        return new String(a.bytes(1, row), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    private static void encode(TextArguments a, int row, TextOutput out) {
        switch (form(a, row)) {
            case "hex" -> {
                TextOutput.checkLength(2L * a.length(0, row));
                out.append(HexFormat.of().formatHex(a.heap(0), a.start(0, row), a.end(0, row)));
            }
            case "base64" -> out.append(Base64.getEncoder().encode(a.bytes(0, row)));
            case "escape" -> escape(a, row, out);
            default -> throw noForm(a, row);
        }
    }

    /// A backslash doubled, what is no printable character of ASCII as a backslash and three octal digits.
    private static void escape(TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        for (int i = a.start(0, row); i < a.end(0, row); i++) {
            int value = heap[i] & 0xFF;
            if (value == '\\') {
                out.append("\\\\");
            } else if (value == 0 || value > 126) {
                out.append('\\');
                out.append('0' + (value >> 6));
                out.append('0' + (value >> 3 & 7));
                out.append('0' + (value & 7));
            } else {
                out.append(value);
            }
        }
    }

    private static void decode(TextArguments a, int row, TextOutput out) {
        try {
            switch (form(a, row)) {
                case "hex" ->
                        out.append(
                                HexFormat.of()
                                        .parseHex(
                                                new String(
                                                        a.bytes(0, row),
                                                        StandardCharsets.US_ASCII)));
                case "base64" -> out.append(Base64.getMimeDecoder().decode(a.bytes(0, row)));
                case "escape" -> {
                    TextScanner.Outcome outcome =
                            TextScanner.binary(a.heap(0), a.start(0, row), a.length(0, row), out);
                    if (outcome != TextScanner.Outcome.GOOD) {
                        throw malformed(a, row, null);
                    }
                }
                default -> throw noForm(a, row);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(a, row, e);
        }
    }

    private static void text(TextArguments a, int row, TextOutput out) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(a.heap(0), a.start(0, row), a.length(0, row)));
        } catch (CharacterCodingException e) {
            throw new BasaltException(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                    "the bytes given to decode are not the UTF-8 of any text",
                    e);
        }
        copy(a, row, out);
    }

    private static BasaltException malformed(
            TextArguments a, int row, @Nullable IllegalArgumentException cause) {
        return new BasaltException(
                ErrorCode.INVALID_TEXT_REPRESENTATION,
                "the text given to decode is not of the form '" + form(a, row) + "'",
                cause);
    }

    private static BasaltException noForm(TextArguments a, int row) {
        return new BasaltException(
                ErrorCode.INVALID_ARGUMENT,
                "there is no form '" + form(a, row) + "'; there are 'hex', 'base64' and 'escape'");
    }

    private static final class RandomUuidLoop implements ScalarLoop {
        private static final long VERSION = 0xF000L;
        private final SplittableRandom random = new SplittableRandom();
        private long[] high = new long[0];
        private long[] low = new long[0];

        @Override
        public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
            high = Scratch.longs(high, size);
            low = Scratch.longs(low, size);
            for (int i = 0; i < size; i++) {
                high[i] = UuidBits.flipped((random.nextLong() & ~VERSION) | 0x4000L);
                low[i] = (random.nextLong() >>> 2) | Long.MIN_VALUE;
            }
            return new WideVector(Type.UUID, size, high, low, null);
        }
    }
}
