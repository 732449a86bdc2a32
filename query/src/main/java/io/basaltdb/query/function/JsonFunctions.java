package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.JSON;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.function.Definition.Signature;
import io.basaltdb.query.function.JsonLoop.Question;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// Questions to JSON, or to text that holds JSON.
final class JsonFunctions {
    private JsonFunctions() {}

    static List<Definition> all() {
        return List.of(
                ask(
                        "->",
                        "the member of that name or element of that number, from 0; of a negative number, from the end",
                        step(Type.JSON),
                        Question.VALUE,
                        true),
                ask(
                        "->>",
                        "as ->, as text: a string without its quotes, null as NULL",
                        step(Type.TEXT),
                        Question.TEXT,
                        true),
                ask(
                                "json_extract",
                                "the value at the path, or of that name or number",
                                step(Type.JSON),
                                Question.VALUE,
                                false)
                        .alias("jsonextractraw"),
                ask(
                                "json_extract_string",
                                "as json_extract, as text: a string without its quotes, null as NULL",
                                step(Type.TEXT),
                                Question.TEXT,
                                false)
                        .alias(
                                "get_json_object",
                                "json_extract_text",
                                "json_extract_scalar",
                                "jsonextractstring"),
                ask(
                        "json_value",
                        "the string, number or truth value at the path as text",
                        step(Type.TEXT),
                        Question.SCALAR,
                        false),
                ask(
                        "json_query",
                        "the object or array at the path",
                        step(Type.JSON),
                        Question.NESTED,
                        false),
                ask(
                                "json_exists",
                                "whether there is a value at the path",
                                step(Type.BOOLEAN),
                                Question.EXISTS,
                                false)
                        .alias("jsonhas"),
                ask(
                                "json_array_length",
                                "elements of the array, at the path if one is given; NULL where there is no array",
                                either(takes(Type.BIGINT, JSON), step(Type.BIGINT)),
                                Question.LENGTH,
                                false)
                        .alias("jsonb_array_length", "jsonlength"),
                ask(
                                "json_typeof",
                                "object, array, string, number, boolean or null",
                                either(takes(Type.TEXT, JSON), step(Type.TEXT)),
                                Question.KIND,
                                false)
                        .alias("jsonb_typeof"),
                ask(
                                "json_valid",
                                "whether the text is JSON",
                                takes(Type.BOOLEAN, JSON),
                                Question.VALID,
                                false)
                        .alias("isvalidjson"),
                ask(
                        "parse_json",
                        "the JSON that the text holds",
                        takes(Type.JSON, JSON),
                        Question.VALUE,
                        false));
    }

    private static Signature step(Type result) {
        return either(takes(result, JSON, TEXT), takes(result, JSON, INTEGER));
    }

    private static Definition ask(
            String name, String summary, Signature signature, Question question, boolean names) {
        return define(
                        name,
                        summary,
                        signature,
                        site -> new JsonLoop(site.arguments(), site.result(), question, names))
                .fallible();
    }
}
