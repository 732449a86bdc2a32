package io.basaltdb.query.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random JSON, with other bytes before and behind it, against Jackson's trees.
class JsonWalkTest {
    private static final long SEED = Long.getLong("test.seed", 4711);
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final String[] PIECES = {
        "a",
        "bc",
        "quick brown fox",
        "ä",
        "🙂",
        "\\\"",
        "\\\\",
        "\\n",
        "\\u00e4",
        "\\ud83d\\ude42",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\\/"
    };

    private final Random random = new Random(SEED);

    private String blanks() {
        return random.nextInt(3) == 0 ? " \n\t".substring(random.nextInt(3)) : "";
    }

    private String string() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.append('"').toString();
    }

    private String value(int depth) throws IOException {
        return switch (random.nextInt(depth > 3 ? 4 : 7)) {
            case 0 -> string();
            case 1 -> String.valueOf(random.nextInt(2000) - 1000);
            case 2 -> List.of("-0.5e+3", "12.25", "0", "1E5").get(random.nextInt(4));
            case 3 -> List.of("true", "false", "null").get(random.nextInt(3));
            case 4 -> array(depth);
            default -> object(depth);
        };
    }

    private String array(int depth) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            elements.add(blanks() + value(depth + 1) + blanks());
        }
        return "[" + (elements.isEmpty() ? blanks() : String.join(",", elements)) + "]";
    }

    private String object(int depth) throws IOException {
        List<String> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = string();
            if (names.add(JACKSON.readTree(name).textValue())) {
                members.add(
                        blanks() + name + blanks() + ":" + blanks() + value(depth + 1) + blanks());
            }
        }
        return "{" + (members.isEmpty() ? blanks() : String.join(",", members)) + "}";
    }

    @Test
    void findsWhatJacksonFinds() throws IOException {
        int found = 0;
        for (int i = 0; i < 3_000; i++) {
            String json = value(0);
            byte[] before = "\"{[".substring(random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
            byte[] inner = (blanks() + json + blanks()).getBytes(StandardCharsets.UTF_8);
            byte[] text = new byte[before.length + inner.length + random.nextInt(12)];
            Arrays.fill(text, (byte) "\"]},".charAt(random.nextInt(4)));
            System.arraycopy(before, 0, text, 0, before.length);
            System.arraycopy(inner, 0, text, before.length, inner.length);
            int end = before.length + inner.length;
            assertTrue(JsonText.isValid(text, before.length, end), json);
            int start = JsonText.behindBlanks(text, before.length, end);
            found += same(JACKSON.readTree(json), text, start, end);
        }
        assertTrue(found > 3_000, "too little was looked at: " + found);
    }

    /// Compares everything in that value; gives how many values that were.
    private static int same(JsonNode expected, byte[] text, int start, int end) throws IOException {
        int behind = JsonWalk.behindValue(text, start, end);
        String slice = new String(text, start, behind - start, StandardCharsets.UTF_8);
        assertEquals(expected, JACKSON.readTree(slice), slice);
        int compared = 1;
        if (expected.isObject()) {
            List<String> names = new ArrayList<>();
            JsonWalk.names(text, start, end, at -> names.add(name(text, at, end)));
            List<String> wanted = new ArrayList<>();
            expected.fieldNames().forEachRemaining(wanted::add);
            assertEquals(wanted, names, slice);
            for (String name : wanted) {
                int at = JsonWalk.member(text, start, end, name.getBytes(StandardCharsets.UTF_8));
                assertTrue(at > start, () -> name + " in " + slice);
                compared += same(expected.get(name), text, at, end);
            }
            String raw = "a\":";
            assertEquals(
                    wanted.contains(raw),
                    JsonWalk.member(text, start, end, raw.getBytes(StandardCharsets.UTF_8)) >= 0,
                    slice);
            assertEquals(JsonWalk.ABSENT, JsonWalk.element(text, start, end, 0), slice);
        }
        if (expected.isArray()) {
            int count = expected.size();
            assertEquals(count, JsonWalk.count(text, start, end), slice);
            for (int i = 0; i < count; i++) {
                int at = JsonWalk.element(text, start, end, i);
                assertEquals(at, JsonWalk.element(text, start, end, i - count), slice);
                compared += same(expected.get(i), text, at, end);
            }
            assertEquals(JsonWalk.ABSENT, JsonWalk.element(text, start, end, count), slice);
            assertEquals(JsonWalk.ABSENT, JsonWalk.element(text, start, end, -count - 1), slice);
        }
        return compared;
    }

    private static String name(byte[] text, int open, int end) {
        TextOutput plain = new TextOutput();
        plain.begin(1);
        JsonText.unescape(text, open, end, plain);
        return new String(plain.pendingBytes(), StandardCharsets.UTF_8);
    }
}
