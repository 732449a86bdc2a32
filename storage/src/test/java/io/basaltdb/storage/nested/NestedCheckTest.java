package io.basaltdb.storage.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.testkit.NestedValues;
import io.basaltdb.storage.type.Type;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedCheckTest {
    private static final long SEED = Long.getLong("test.seed", 4);

    private static final List<Type.Nested> TYPES =
            List.of(
                    new Type.Array(Type.BIGINT),
                    new Type.Array(new Type.Array(Type.TEXT)),
                    new Type.Struct(
                            List.of(
                                    new Type.Struct.Member("a", Type.DOUBLE),
                                    new Type.Struct.Member("b", new Type.Array(Type.TEXT)),
                                    new Type.Struct.Member("c", Type.SMALLINT))),
                    new Type.Map(Type.INTEGER, new Type.Array(Type.BOOLEAN)));

    private static Type.Nested type(String name) {
        return switch (name) {
            case "numbers" -> new Type.Array(Type.TINYINT);
            case "texts" -> new Type.Array(Type.TEXT);
            case "truths" -> new Type.Array(Type.BOOLEAN);
            case "reals" -> new Type.Array(Type.REAL);
            case "map" -> new Type.Map(Type.INTEGER, Type.BOOLEAN);
            case "struct" ->
                    new Type.Struct(
                            List.of(
                                    new Type.Struct.Member("a", Type.INTEGER),
                                    new Type.Struct.Member("b", new Type.Array(Type.TEXT))));
            default -> throw new AssertionError(name);
        };
    }

    /// Values beside the nearest that are none.
    @ParameterizedTest
    @CsvSource({
        "numbers, 00, true",
        "numbers, '', false",
        "numbers, 0000, false",
        "numbers, 8101FE00, true",
        "numbers, 8101FE, false",
        "numbers, 82000100, false",
        "numbers, 8200FF00, false",
        "numbers, 7F00, true",
        "numbers, 7EFF00, false",
        "numbers, 8900, false",
        "texts, 0161000000, false",
        "texts, 01610000, true",
        "texts, 016100FF0000, true",
        "texts, 0161, false",
        "texts, 02610000, false",
        "truths, 0102FE00, true",
        "truths, 0300, false",
        "reals, 018000000000, true",
        "reals, 0180000000, false",
        "map, 81010181020200, true",
        "map, 81010181010200, false",
        "map, FE0100, false",
        "map, 810100, false",
        "struct, 810101000000, false",
        "struct, 8101010000, true",
        "struct, FEFE00, true",
        "struct, FE00, false",
        "struct, FEFEFE00, false"
    })
    void knowsTheForm(String name, String hex, boolean isValue) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals(isValue, NestedCheck.isValue(type(name), bytes, 0, bytes.length));
    }

    /// What is written is a value, no part of it is one, and no damage reads beyond it.
    @Test
    void everyWrittenValueIsOneAndItsPartsAreNot() {
        System.out.println("-Dtest.seed=" + SEED);
        Random random = new Random(SEED);
        for (Type.Nested type : TYPES) {
            for (int run = 0; run < 500; run++) {
                byte[] value = NestedValues.of(type, random.nextLong());
                assertTrue(
                        NestedCheck.isValue(type, value, 0, value.length),
                        type.sql() + " " + HexFormat.of().formatHex(value));
                for (int length = 0; length < value.length; length++) {
                    byte[] cut = Arrays.copyOf(value, length);
                    assertFalse(NestedCheck.isValue(type, cut, 0, length), type.sql());
                }
                byte[] damaged = value.clone();
                damaged[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
                NestedCheck.isValue(type, damaged, 0, damaged.length);
            }
        }
    }
}
