package io.basaltdb.query.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What RE2/J finds is what must be found.
class ByteRegexTest {
    private static final String[] TEXTS = {
        "",
        "a",
        "abc",
        "aab",
        "aaaaaaaaab",
        "http://www.basalt.example/path/to?x=1",
        "https://example.org/",
        "https://example.org",
        "x=1&y=22&zz=333",
        "größe/ärger",
        "日本語/テスト",
        "a\nb\nc",
        "foo.bar-baz_12 qux"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^https?://(www\\.)?([^/]+)/.*$",
                "a*?b",
                "(a+)(b+)?",
                "(a|ab)(c|bcd)?",
                "(?:a|b)+c",
                "[a-c]+[^a-z]?",
                "x=(\\d+)&y=(\\w+)",
                "[\\w.-]+$",
                "^$",
                "$",
                "ö(ß|s)e",
                "^[^/]*/",
                "(.)(.)(.)",
                "a.c|b.c",
                "\\s\\S+",
                "[]a]+",
                "(a)|(b)|(c)"
            })
    void findsWhatRe2Finds(String pattern) {
        for (String text : TEXTS) {
            check(pattern, text, false);
            check(pattern, text, true);
        }
    }

    @Test
    void findsWhatRe2FindsInRandomTexts() {
        Random random = new Random(20261122);
        int compiled = 0;
        for (int round = 0; round < 4_000; round++) {
            String pattern = pattern(random, 3);
            if (ByteRegex.of(pattern, false) != null) {
                compiled++;
                for (int i = 0; i < 8; i++) {
                    check(pattern, text(random), random.nextBoolean());
                }
            }
        }
        assertTrue(compiled > 2_000, compiled + " patterns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{2,3}",
                "(a*)*",
                "(?i)a",
                "\\bword",
                "\\pL",
                "[[:alpha:]]",
                "[ä-ö]",
                "\\x41",
                "(?P<name>a)",
                "a**",
                "\\Qa\\E"
            })
    void leavesOthersToRe2(String pattern) {
        assertNull(ByteRegex.of(pattern, false));
    }

    @Test
    void staysLinear() {
        ByteRegex regex = ByteRegex.of("(a+)+b?c", false);
        assertNotNull(regex);
        byte[] text = "a".repeat(5_000).getBytes(StandardCharsets.US_ASCII);
        assertTrue(regex.takes(text.length));
        assertEquals(false, regex.find(text, 0, text.length));
    }

    private static void check(String pattern, String text, boolean dotAll) {
        ByteRegex regex = ByteRegex.of(pattern, dotAll);
        assertNotNull(regex, pattern);
        byte[] around = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile(pattern, dotAll ? Pattern.DOTALL : 0).matcher(text);
        boolean found = matcher.find();
        String where = pattern + " in \"" + text + "\"";
        assertEquals(found, regex.find(around, 2, around.length - 2), where);
        assertEquals(matcher.groupCount(), regex.groupCount(), where);
        for (int g = 0; found && g <= matcher.groupCount(); g++) {
            String expected = matcher.group(g);
            assertEquals(expected == null, regex.start(g) < 0, where + ", group " + g);
            if (expected != null) {
                assertEquals(
                        expected,
                        new String(
                                around,
                                regex.start(g),
                                regex.end(g) - regex.start(g),
                                StandardCharsets.UTF_8),
                        where + ", group " + g);
                assertEquals(
                        text.substring(0, matcher.start(g)).getBytes(StandardCharsets.UTF_8).length,
                        regex.start(g) - 2,
                        where + ", group " + g);
            }
        }
    }

    private static String pattern(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            text.append(
                    switch (random.nextInt(depth > 0 ? 11 : 8)) {
                        case 0, 1, 2 -> "a";
                        case 3 -> "b";
                        case 4 -> ".";
                        case 5 -> "[ab]";
                        case 6 -> "[^b]";
                        case 7 -> random.nextInt(3) == 0 ? "^" : random.nextInt(3) == 0 ? "$" : "ä";
                        case 8 -> "(" + pattern(random, depth - 1) + ")";
                        case 9 -> "(?:" + pattern(random, depth - 1) + ")";
                        default ->
                                "("
                                        + pattern(random, depth - 1)
                                        + "|"
                                        + pattern(random, depth - 1)
                                        + ")";
                    });
            text.append(
                    switch (random.nextInt(8)) {
                        case 0 -> "*";
                        case 1 -> "+";
                        case 2 -> "?";
                        case 3 -> "*?";
                        case 4 -> "+?";
                        default -> "";
                    });
        }
        return text.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(9);
        for (int i = 0; i < length; i++) {
            text.append("aaabb\näc".charAt(random.nextInt(8)));
        }
        return text.toString();
    }
}
