package io.basaltdb.storage.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    private static Dictionary dictionary(List<String> texts) {
        byte[] heap = String.join("", texts).getBytes(UTF_8);
        int[] start = new int[texts.size()];
        int[] length = new int[texts.size()];
        int at = 0;
        for (int i = 0; i < start.length; i++) {
            start[i] = at;
            length[i] = texts.get(i).length();
            at += length[i];
        }
        return new Dictionary(
                new BytesVector(Type.TEXT, start.length, heap, start, length, null), true);
    }

    private static List<String> some(Random random, int count, int range) {
        TreeSet<String> texts = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            texts.add("text " + random.nextInt(range));
        }
        return List.copyOf(texts);
    }

    private static int find(Vocabulary vocabulary, String text) {
        byte[] bytes = ("--" + text).getBytes(UTF_8);
        return vocabulary.find(bytes, 2, bytes.length - 2);
    }

    private static String text(Vocabulary vocabulary, int code) {
        int member = vocabulary.memberOf(code);
        BytesVector texts = (BytesVector) vocabulary.member(member).values();
        int at = vocabulary.codeInMember(member, code);
        return new String(texts.heap(), texts.start()[at], texts.length()[at], UTF_8);
    }

    @Test
    void hasTheCodesOfOneDictionary() {
        Dictionary dictionary = dictionary(List.of("", "fig", "kiwi"));
        Vocabulary alone = Vocabulary.of(dictionary);
        assertEquals(3, alone.size());
        assertNull(alone.codes(dictionary));
        assertEquals(1, find(alone, "fig"));
        assertEquals(0, find(alone, ""));
        assertEquals(-1, find(alone, "figs"));
        assertEquals("kiwi", text(alone, 2));
        assertEquals(0, alone.bytes());
    }

    /// Every text has one code, whichever dictionaries it stands in and however these were put together.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesEqualTextsOneCode(int seed) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        List<Dictionary> dictionaries = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            texts.add(some(random, 1 + random.nextInt(1 << random.nextInt(10)), 500));
            dictionaries.add(dictionary(texts.get(i)));
            all.addAll(texts.get(i));
        }
        List<Vocabulary> vocabularies =
                new ArrayList<>(dictionaries.stream().map(Vocabulary::of).toList());
        List<Vocabulary> before = new ArrayList<>(vocabularies);
        while (vocabularies.size() > 1) {
            Vocabulary one = vocabularies.remove(random.nextInt(vocabularies.size()));
            Vocabulary other = vocabularies.remove(random.nextInt(vocabularies.size()));
            Vocabulary union = Vocabulary.union(one, other);
            vocabularies.add(union);
            before.add(union);
        }
        Vocabulary union = vocabularies.getFirst();
        assertEquals(all.size(), union.size());
        for (String text : all) {
            assertEquals(text, text(union, find(union, text)));
        }
        assertEquals(-1, find(union, "none"));
        for (int d = 0; d < dictionaries.size(); d++) {
            assertTrue(union.has(dictionaries.get(d)));
            int[] codes = union.codes(dictionaries.get(d));
            for (int i = 0; i < texts.get(d).size(); i++) {
                assertEquals(find(union, texts.get(d).get(i)), codes == null ? i : codes[i]);
            }
        }
        for (Vocabulary known : before) {
            int[] codes = union.codes(known);
            for (int code = 0; code < known.size(); code++) {
                assertEquals(text(known, code), text(union, codes[code]));
            }
        }
    }

    @Test
    void isRememberedByItsDictionaries() {
        Dictionary one = dictionary(List.of("a", "b", "c"));
        Dictionary other = dictionary(List.of("b", "d"));
        Vocabulary union = Vocabulary.union(Vocabulary.of(other), Vocabulary.of(one));
        assertEquals(4, union.size());
        assertNull(union.codes(one), "the larger one's codes stay");
        for (Dictionary member : List.of(one, other)) {
            Vocabulary known = Vocabulary.of(member);
            assertTrue(known.has(one) && known.has(other));
            assertEquals(4, known.size());
        }
        assertSame(union, Vocabulary.union(union, Vocabulary.alone(other)));
        assertFalse(Vocabulary.alone(one).has(other));
    }

    /// Of two that share dictionaries, each text still has one code.
    @Test
    void unitesWhatOverlaps() {
        Dictionary shared = dictionary(List.of("b", "x"));
        Dictionary left = dictionary(List.of("a", "b", "c"));
        Dictionary right = dictionary(List.of("c", "d"));
        Vocabulary one = Vocabulary.union(Vocabulary.alone(left), Vocabulary.alone(shared));
        Vocabulary two = Vocabulary.union(Vocabulary.alone(shared), Vocabulary.alone(right));
        Vocabulary union = Vocabulary.union(one, two);
        assertEquals(5, union.size());
        for (String text : List.of("a", "b", "c", "d", "x")) {
            assertEquals(text, text(union, find(union, text)));
        }
        int[] codes = union.codes(shared);
        assertEquals(find(union, "b"), codes == null ? 0 : codes[0]);
        assertEquals(find(union, "x"), codes == null ? 1 : codes[1]);
    }
}
