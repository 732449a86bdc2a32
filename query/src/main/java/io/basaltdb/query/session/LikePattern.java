package io.basaltdb.query.session;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The pattern of SHOW … LIKE: `%` any text, `_` one character, ignoring case.
final class LikePattern {
    private LikePattern() {}

    static Predicate<String> of(String like) {
        StringBuilder regex = new StringBuilder();
        for (char c : like.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .asMatchPredicate();
    }
}
