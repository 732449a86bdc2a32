package io.basaltdb.query.function;

import io.basaltdb.query.kernel.ByteSearch;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A LIKE pattern taken apart once. Between two `%` stands a segment: literal runs of bytes with `_` (one character) between them. The first segment is tied to the
/// beginning unless the pattern begins with `%`, the last to the end likewise; those between are found leftmost, one after the other, which is enough
/// because `%` matches anything.
final class LikePattern {
    /// What the pattern comes down to.
    enum Form {
        /// No wildcard.
        EQUALS,
        /// `abc%`
        PREFIX,
        /// `%abc`
        SUFFIX,
        /// `%abc%`
        CONTAINS,
        GENERAL
    }

    /// Literals with one `_` between each two of them; a literal may be empty.
    private record Segment(byte[][] literals) {
        /// End of the segment where it matches at that position, else -1.
        int matchAt(byte[] heap, int from, int end) {
            int at = from;
            for (int i = 0; i < literals.length; i++) {
                byte[] literal = literals[i];
                if (i > 0) {
                    if (at >= end) {
                        return -1;
                    }
                    at += Utf8.width(heap[at]);
                }
                if (end - at < literal.length || !ByteSearch.isAt(heap, at, literal)) {
                    return -1;
                }
                at += literal.length;
            }
            return at;
        }

        /// Where the segment matches first, as its beginning and end; null where nowhere. Writes the end to `found[0]`.
        boolean find(byte[] heap, int from, int end, int[] found) {
            byte[] first = literals[0];
            int at = from;
            while (at <= end) {
                if (first.length > 0) {
                    at = ByteSearch.indexOf(heap, at, end, first);
                    if (at < 0) {
                        return false;
                    }
                }
                int stop = matchAt(heap, at, end);
                if (stop >= 0) {
                    found[0] = stop;
                    return true;
                }
                if (at >= end) {
                    return false;
                }
                at += Utf8.width(heap[at]);
            }
            return false;
        }

        boolean isLiteral() {
            return literals.length == 1;
        }
    }

    private static final byte[] NOTHING = {};

    private final List<Segment> segments;
    private final boolean tiedToStart;
    private final boolean tiedToEnd;
    private final Form form;
    private final int[] found = new int[1];

    private LikePattern(List<Segment> segments, boolean tiedToStart, boolean tiedToEnd) {
        this.segments = segments;
        this.tiedToStart = tiedToStart;
        this.tiedToEnd = tiedToEnd;
        this.form = formOf();
    }

    private Form formOf() {
        if (segments.size() != 1 || !segments.getFirst().isLiteral()) {
            return Form.GENERAL;
        }
        if (tiedToStart) {
            return tiedToEnd ? Form.EQUALS : Form.PREFIX;
        }
        return tiedToEnd ? Form.SUFFIX : Form.CONTAINS;
    }

    Form form() {
        return form;
    }

    /// The literal of the simple forms, the first one of the others.
    byte[] literal() {
        return segments.getFirst().literals()[0];
    }

    /// Bytes that every match holds, wherever it holds them; empty where none are known or the beginning is the place to look first.
    byte[] sought() {
        return tiedToStart || form == Form.SUFFIX ? NOTHING : literal();
    }

    /// @param escape code point of the character that takes the next one's meaning away; -1 for none
    static LikePattern of(byte[] pattern, int escape) {
        List<Segment> segments = new ArrayList<>();
        List<byte[]> literals = new ArrayList<>();
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        boolean startsOpen = pattern.length > 0 && pattern[0] == '%' && escape != '%';
        boolean endsOpen = false;
        boolean isEmpty = true;
        for (int at = 0; at < pattern.length; ) {
            int width = Utf8.width(pattern[at]);
            int character = Utf8.codePoint(pattern, at);
            endsOpen = false;
            if (character == escape) {
                at += width;
                if (at >= pattern.length) {
                    throw new BasaltException(
                            ErrorCode.INVALID_ESCAPE,
                            "a LIKE pattern must not end with its escape character");
                }
                width = Utf8.width(pattern[at]);
                literal.write(pattern, at, width);
                isEmpty = false;
            } else if (character == '%') {
                endsOpen = true;
                if (!isEmpty) {
                    literals.add(literal.toByteArray());
                    segments.add(new Segment(literals.toArray(byte[][]::new)));
                }
                literals.clear();
                literal.reset();
                isEmpty = true;
            } else if (character == '_') {
                literals.add(literal.toByteArray());
                literal.reset();
                isEmpty = false;
            } else {
                literal.write(pattern, at, width);
                isEmpty = false;
            }
            at += width;
        }
        if (!isEmpty || segments.isEmpty()) {
            literals.add(literal.toByteArray());
            segments.add(new Segment(literals.toArray(byte[][]::new)));
        }
        return new LikePattern(List.copyOf(segments), !startsOpen, !endsOpen);
    }

    boolean matches(byte[] heap, int start, int length) {
        int end = start + length;
        return switch (form) {
            case EQUALS -> length == literal().length && ByteSearch.isAt(heap, start, literal());
            case PREFIX -> length >= literal().length && ByteSearch.isAt(heap, start, literal());
            case SUFFIX ->
                    length >= literal().length
                            && ByteSearch.isAt(heap, end - literal().length, literal());
            case CONTAINS -> ByteSearch.indexOf(heap, start, end, literal()) >= 0;
            case GENERAL -> matchesGeneral(heap, start, end);
        };
    }

    private boolean matchesGeneral(byte[] heap, int start, int end) {
        int at = start;
        int first = 0;
        int last = segments.size();
        if (tiedToStart) {
            at = segments.getFirst().matchAt(heap, start, end);
            if (at < 0) {
                return false;
            }
            first = 1;
            if (last == 1) {
                return !tiedToEnd || at == end;
            }
        }
        if (tiedToEnd) {
            last--;
        }
        for (int i = first; i < last; i++) {
            if (!segments.get(i).find(heap, at, end, found)) {
                return false;
            }
            at = found[0];
        }
        return !tiedToEnd || matchesEnd(heap, at, end);
    }

    /// Whether the last segment stands at the end, not before `from`: it has a fixed number of characters and literal bytes, counted backwards.
    private boolean matchesEnd(byte[] heap, int from, int end) {
        Segment segment = segments.getLast();
        int at = end;
        for (int i = segment.literals().length - 1; i >= 0; i--) {
            byte[] literal = segment.literals()[i];
            at -= literal.length;
            if (at < from || !ByteSearch.isAt(heap, at, literal)) {
                return false;
            }
            if (i > 0) {
                if (at <= from) {
                    return false;
                }
                at = Utf8.backward(heap, at, from, 1);
            }
        }
        return true;
    }
}
