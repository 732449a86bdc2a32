package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesMany;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.type.Type;
import java.util.List;

/// Text: counted, cut and searched by characters (Unicode code points).
final class TextFunctions {
    private TextFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "||",
                                "both texts, one behind the other; NULL where one is NULL",
                                takesMany(2, Type.TEXT, ANY),
                                Pending::bind)
                        .alias("concat_operator")
                        .fallible(),
                define(
                                "concat",
                                "the arguments as text, one behind the other; NULLs are left out",
                                takesMany(1, Type.TEXT, ANY),
                                Pending::bind)
                        .notStrict()
                        .fallible(),
                define(
                                "concat_ws",
                                "the arguments behind the first as text, with the first between them; NULLs are left out",
                                takesMany(1, Type.TEXT, ANY),
                                Pending::bind)
                        .notStrict()
                        .fallible(),
                define(
                                "like",
                                "whether the text has the form of the pattern: % any characters, _ one, third argument the escape",
                                takes(2, Type.BOOLEAN, TEXT, TEXT, TEXT),
                                Pending::bind)
                        .alias("~~")
                        .fallible(),
                define(
                                "ilike",
                                "LIKE that ignores case",
                                takes(2, Type.BOOLEAN, TEXT, TEXT, TEXT),
                                Pending::bind)
                        .alias("~~*")
                        .fallible(),
                define(
                                "substring",
                                "characters from position start (from 1), at most count",
                                takes(2, Type.TEXT, TEXT, INTEGER, INTEGER),
                                Pending::bind)
                        .alias("substr", "mid")
                        .fallible(),
                define(
                        "left",
                        "the first n characters; negative: all but the last -n",
                        takes(Type.TEXT, TEXT, INTEGER),
                        Pending::bind),
                define(
                        "right",
                        "the last n characters; negative: all but the first -n",
                        takes(Type.TEXT, TEXT, INTEGER),
                        Pending::bind),
                define("upper", "in capital letters", takes(Type.TEXT, TEXT), Pending::bind)
                        .alias("ucase"),
                define("lower", "in small letters", takes(Type.TEXT, TEXT), Pending::bind)
                        .alias("lcase"),
                define(
                        "initcap",
                        "each word with a capital letter",
                        takes(Type.TEXT, TEXT),
                        Pending::bind),
                define(
                                "trim",
                                "without the characters (blanks) at both ends",
                                takes(1, Type.TEXT, TEXT, TEXT),
                                Pending::bind)
                        .alias("btrim"),
                define(
                        "ltrim",
                        "without the characters (blanks) at the beginning",
                        takes(1, Type.TEXT, TEXT, TEXT),
                        Pending::bind),
                define(
                        "rtrim",
                        "without the characters (blanks) at the end",
                        takes(1, Type.TEXT, TEXT, TEXT),
                        Pending::bind),
                define("length", "number of characters", takes(Type.INTEGER, TEXT), Pending::bind)
                        .alias("char_length", "character_length", "len", "lengthutf8"),
                define("octet_length", "number of bytes", takes(Type.INTEGER, TEXT), Pending::bind)
                        .alias("byte_length", "strlen"),
                define("bit_length", "number of bits", takes(Type.INTEGER, TEXT), Pending::bind),
                define(
                                "position",
                                "where the second text begins in the first, from 1; 0 where it is not in it",
                                takes(Type.INTEGER, TEXT, TEXT),
                                Pending::bind)
                        .alias("strpos", "instr"),
                define(
                        "contains",
                        "whether the second text is in the first",
                        takes(Type.BOOLEAN, TEXT, TEXT),
                        Pending::bind),
                define(
                                "starts_with",
                                "whether the first text begins with the second",
                                takes(Type.BOOLEAN, TEXT, TEXT),
                                Pending::bind)
                        .alias("startswith", "prefix", "^@"),
                define(
                                "ends_with",
                                "whether the first text ends with the second",
                                takes(Type.BOOLEAN, TEXT, TEXT),
                                Pending::bind)
                        .alias("endswith", "suffix"),
                define(
                                "replace",
                                "every occurrence of the second text in the first replaced by the third",
                                takes(Type.TEXT, TEXT, TEXT, TEXT),
                                Pending::bind)
                        .alias("replaceall")
                        .fallible(),
                define(
                                "translate",
                                "each character of the second text replaced by the one at its place in the third",
                                takes(Type.TEXT, TEXT, TEXT, TEXT),
                                Pending::bind)
                        .fallible(),
                define(
                                "lpad",
                                "filled up at the beginning, or cut, to n characters",
                                takes(2, Type.TEXT, TEXT, INTEGER, TEXT),
                                Pending::bind)
                        .fallible(),
                define(
                                "rpad",
                                "filled up at the end, or cut, to n characters",
                                takes(2, Type.TEXT, TEXT, INTEGER, TEXT),
                                Pending::bind)
                        .fallible(),
                define(
                        "reverse",
                        "characters in the opposite order",
                        takes(Type.TEXT, TEXT),
                        Pending::bind),
                define("repeat", "the text n times", takes(Type.TEXT, TEXT, INTEGER), Pending::bind)
                        .fallible(),
                define(
                                "split_part",
                                "the n-th piece between separators, from 1; negative counts from the end",
                                takes(Type.TEXT, TEXT, TEXT, INTEGER),
                                Pending::bind)
                        .fallible(),
                define(
                                "ascii",
                                "code point of the first character",
                                takes(Type.INTEGER, TEXT),
                                Pending::bind)
                        .alias("unicode", "ord"),
                define(
                                "chr",
                                "the character with that code point",
                                takes(Type.TEXT, INTEGER),
                                Pending::bind)
                        .alias("char")
                        .fallible(),
                define(
                                "regexp_like",
                                "whether a part of the text matches the regular expression; third argument: flags",
                                takes(2, Type.BOOLEAN, TEXT, TEXT, TEXT),
                                Pending::bind)
                        .alias("regexp_matches", "rlike", "regexp", "match", "~")
                        .fallible(),
                define(
                                "regexp_replace",
                                "the first match, with flag g every match, replaced; \\1 names a group",
                                takes(3, Type.TEXT, TEXT, TEXT, TEXT, TEXT),
                                Pending::bind)
                        .fallible(),
                define(
                                "regexp_extract",
                                "the match or its n-th group; empty where nothing matches",
                                takes(2, Type.TEXT, TEXT, TEXT, INTEGER),
                                Pending::bind)
                        .fallible(),
                define(
                                "regexp_substr",
                                "the match; NULL where nothing matches",
                                takes(Type.TEXT, TEXT, TEXT),
                                Pending::bind)
                        .fallible(),
                define(
                                "regexp_count",
                                "number of matches",
                                takes(Type.INTEGER, TEXT, TEXT),
                                Pending::bind)
                        .fallible());
    }
}
