package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Steps into a JSON value: `$.name."quoted name"[3]['name']`, negative numbers from the end. Immutable.
final class JsonPath {
    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = steps;
    }

    /// Into the member of that name, or where there is none the element of that number.
    private record Step(byte @Nullable [] name, long number) {}

    /// The path that begins with `$`.
    ///
    /// @throws BasaltException INVALID_ARGUMENT where it is malformed, FEATURE_NOT_SUPPORTED for steps to more than one place
    static JsonPath parse(byte[] path) {
        Parser parser = new Parser(new String(path, StandardCharsets.UTF_8));
        return new JsonPath(parser.steps());
    }

    /// The one step to a member.
    static JsonPath ofName(byte[] name) {
        return new JsonPath(List.of(new Step(name, 0)));
    }

    /// The one step to an element.
    static JsonPath ofNumber(long number) {
        return new JsonPath(List.of(new Step(null, number)));
    }

    /// Where the value in valid JSON begins; or [JsonWalk#ABSENT].
    int find(byte[] text, int start, int end) {
        int at = JsonText.behindBlanks(text, start, end);
        for (int i = 0; i < steps.size() && at >= 0; i++) {
            Step step = steps.get(i);
            at =
                    step.name == null
                            ? JsonWalk.element(text, at, end, step.number)
                            : JsonWalk.member(text, at, end, step.name);
        }
        return at;
    }

    private static final class Parser {
        private final String path;
        private int at = 1;

        Parser(String path) {
            this.path = path;
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            while (at < path.length()) {
                char c = path.charAt(at++);
                if (c == '.' && at < path.length() && path.charAt(at) != '.') {
                    steps.add(named(path.charAt(at) == '"' ? quoted() : bare()));
                } else if (c == '[' && at < path.length()) {
                    steps.add(bracketed());
                } else {
                    throw malformed();
                }
            }
            return List.copyOf(steps);
        }

        private static Step named(String name) {
            return new Step(name.getBytes(StandardCharsets.UTF_8), 0);
        }

        private String bare() {
            int from = at;
            while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
                at++;
            }
            String name = path.substring(from, at);
            if (name.equals("*")) {
                throw manyPlaces();
            }
            if (name.isEmpty()) {
                throw malformed();
            }
            return name;
        }

        private String quoted() {
            char quote = path.charAt(at++);
            int close = path.indexOf(quote, at);
            if (close < 0) {
                throw malformed();
            }
            String name = path.substring(at, close);
            at = close + 1;
            return name;
        }

        private Step bracketed() {
            if (path.charAt(at) == '\'' || path.charAt(at) == '"') {
                Step step = named(quoted());
                if (at >= path.length() || path.charAt(at++) != ']') {
                    throw malformed();
                }
                return step;
            }
            int close = path.indexOf(']', at);
            if (close < 0) {
                throw malformed();
            }
            String number = path.substring(at, close).strip();
            at = close + 1;
            if (number.equals("*")) {
                throw manyPlaces();
            }
            try {
                return new Step(null, Integer.parseInt(number));
            } catch (NumberFormatException e) {
                throw malformed();
            }
        }

        private BasaltException manyPlaces() {
            return new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "the JSON path '" + path + "' leads to more than one place; name one");
        }

        private BasaltException malformed() {
            return new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the JSON path '"
                            + path
                            + "' is malformed; write one like $.name[0].\"other name\"");
        }
    }

    /// The path in the second argument of each row; parsed again only where it differs from the row before.
    static final class Reader {
        private final boolean namesOnly;
        private byte[] last = new byte[0];
        private @Nullable JsonPath path;
        private long lastNumber;

        /// @param namesOnly whether a text is a name even where it begins with `$`
        Reader(boolean namesOnly) {
            this.namesOnly = namesOnly;
        }

        JsonPath ofText(byte[] heap, int start, int end) {
            JsonPath known = path;
            if (known != null && Arrays.equals(heap, start, end, last, 0, last.length)) {
                return known;
            }
            last = Arrays.copyOfRange(heap, start, end);
            boolean isPath = !namesOnly && last.length > 0 && last[0] == '$';
            if (!namesOnly && last.length > 0 && last[0] == '/') {
                throw new BasaltException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "JSON pointers like '/a/0' are not supported; write a path like '$.a[0]'");
            }
            known = isPath ? parse(last) : ofName(last);
            path = known;
            return known;
        }

        JsonPath ofNumber(long number) {
            JsonPath known = path;
            if (known == null || number != lastNumber) {
                known = JsonPath.ofNumber(number);
                lastNumber = number;
                path = known;
            }
            return known;
        }
    }
}
