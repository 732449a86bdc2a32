package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question to the JSON in the first argument, at the place that the second names, if there is one. NULL where there is nothing at that place.
public final class JsonLoop extends StrictLoop {
    /// What is asked.
    enum Question {
        /// The value itself.
        VALUE,
        /// A string's characters, any other value as it is written; `null` is NULL.
        TEXT,
        /// As [#TEXT], but objects and arrays are NULL.
        SCALAR,
        /// Objects and arrays; anything else is NULL.
        NESTED,
        /// Elements of an array.
        LENGTH,
        /// `object`, `array`, `string`, `number`, `boolean`, `null`.
        KIND,
        /// Whether there is something at the place.
        EXISTS,
        /// Whether the argument is JSON at all.
        VALID
    }

    private final Question question;
    private final TextArguments arguments;
    private final JsonPath.Reader paths;
    private final boolean isChecked;
    private final boolean hasNumber;
    private final LaneValidity own = new LaneValidity();
    private final TextOutput out = new TextOutput();
    private long[] numbers = new long[0];

    /// @param namesOnly whether the second argument is a name even where it begins with `$`
    JsonLoop(List<Type> arguments, Type result, Question question, boolean namesOnly) {
        super(result);
        this.question = question;
        this.arguments = new TextArguments(arguments);
        this.paths = new JsonPath.Reader(namesOnly);
        this.isChecked = arguments.getFirst() instanceof Type.Json;
        this.hasNumber = arguments.size() > 1 && arguments.get(1) instanceof Type.Int;
    }

    /// From JSON to the text that another type is read from: a string's characters, `null` as NULL.
    public static ScalarLoop texts() {
        return new JsonLoop(List.of(Type.JSON), Type.TEXT, Question.TEXT, false);
    }

    @Override
    Vector compute(
            List<Vector> vectors,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        arguments.read(vectors, size);
        out.begin(size);
        numbers = Scratch.longs(numbers, size);
        long @Nullable [] known = valid;
        Selection live = live(size, selection, valid);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            if (!answer(row)) {
                long[] words = own.writable(known, size);
                Validity.setNull(words, row);
                known = words;
            }
        }
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, numbers, known);
            case BITS -> new BitVector(type, size, bits(size), known);
            case BYTES -> out.vector(type, size, known);
            case DOUBLE, WIDE -> throw new AssertionError(type.sql());
        };
    }

    private long[] bits(int size) {
        long[] words = new long[Validity.words(size)];
        for (int i = 0; i < size; i++) {
            words[i >> 6] |= (numbers[i] & 1) << i;
        }
        return words;
    }

    /// Whether there is an answer.
    private boolean answer(int row) {
        byte[] heap = arguments.heap(0);
        int start = arguments.start(0, row);
        int end = arguments.end(0, row);
        boolean sound = isChecked || JsonText.isValid(heap, start, end);
        if (question == Question.VALID) {
            numbers[row] = sound ? 1 : 0;
            return true;
        }
        if (!sound) {
            throw malformed(heap, start, end);
        }
        int from = place(heap, start, end, row);
        if (question == Question.EXISTS) {
            numbers[row] = from >= 0 ? 1 : 0;
            return true;
        }
        return from >= 0 && from < end && answer(heap, from, end, row);
    }

    private int place(byte[] heap, int start, int end, int row) {
        if (arguments.count() < 2) {
            return JsonText.behindBlanks(heap, start, end);
        }
        JsonPath path =
                hasNumber
                        ? paths.ofNumber(arguments.number(1, row))
                        : paths.ofText(
                                arguments.heap(1), arguments.start(1, row), arguments.end(1, row));
        return path.find(heap, start, end);
    }

    private boolean answer(byte[] heap, int from, int end, int row) {
        byte first = heap[from];
        boolean isNested = first == '{' || first == '[';
        switch (question) {
            case LENGTH -> {
                numbers[row] = first == '[' ? JsonWalk.count(heap, from, end) : 0;
                return first == '[';
            }
            case KIND -> out.append(kind(first));
            case VALUE -> copy(heap, from, end);
            case NESTED -> {
                if (!isNested) {
                    return false;
                }
                copy(heap, from, end);
            }
            case TEXT, SCALAR -> {
                if (first == 'n' || (isNested && question == Question.SCALAR)) {
                    return false;
                }
                if (first == '"') {
                    JsonText.unescape(heap, from, end, out);
                } else {
                    copy(heap, from, end);
                }
            }
            case EXISTS, VALID -> throw new AssertionError(question);
        }
        out.end(row);
        return true;
    }

    private void copy(byte[] heap, int from, int end) {
        out.append(heap, from, JsonWalk.behindValue(heap, from, end) - from);
    }

    private static String kind(byte first) {
        return switch (first) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "string";
            case 't', 'f' -> "boolean";
            case 'n' -> "null";
            default -> "number";
        };
    }

    static BasaltException malformed(byte[] heap, int start, int end) {
        String text = new String(heap, start, Math.min(end - start, 100), StandardCharsets.UTF_8);
        return new BasaltException(
                ErrorCode.INVALID_TEXT_REPRESENTATION, "\"" + text + "\" is not valid JSON");
    }
}
