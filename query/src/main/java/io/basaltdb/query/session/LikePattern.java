package io.basaltdb.query.session;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The pattern of SHOW … LIKE: `%` any text, `_` one character, ignoring case.
final class LikePattern {
    private LikePattern() {}

    static Predicate<String> of(String like) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .asMatchPredicate();
    }
}
