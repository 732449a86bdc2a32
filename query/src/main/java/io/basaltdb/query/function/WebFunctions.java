package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.RUN_OF_BYTES;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The parts of addresses in the web, and how texts are written in them.
final class WebFunctions {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WebFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                        "protocol",
                        "of an address: what stands before ://, or nothing",
                        takes(Type.TEXT, TEXT),
                        TextRows.slices(WebFunctions::protocol)),
                define(
                        "domain",
                        "of an address: the host without port and user",
                        takes(Type.TEXT, TEXT),
                        TextRows.slices(WebFunctions::domain)),
                define(
                                "domain_without_www",
                                "of an address: the host without www. before it",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices(WebFunctions::domainWithoutWww))
                        .alias("domainwithoutwww"),
                define(
                                "url_path",
                                "of an address: from the first slash behind the host to the query",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices(WebFunctions::path))
                        .alias("path"),
                define(
                                "query_string",
                                "of an address: what stands between ? and #",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices(WebFunctions::query))
                        .alias("querystring"),
                define(
                                "url_encode",
                                "the text with every byte but letters, digits and -_.~ as % and two hexadecimal digits",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes(WebFunctions::encode))
                        .alias("encodeurlcomponent")
                        .fallible(),
                define(
                                "url_decode",
                                "the text with % and two hexadecimal digits as the byte that they mean",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes(WebFunctions::decode))
                        .alias("decodeurlcomponent")
                        .fallible(),
                define(
                                "to_base64",
                                "the bytes of the text in base 64",
                                takes(Type.TEXT, RUN_OF_BYTES),
                                TextRows.writes((a, row, out) ->
                                        out.append(Base64.getEncoder().encode(bytes(a, row)))))
                        .alias("base64", "base64encode", "base64_encode")
                        .fallible(),
                define(
                                "from_base64",
                                "the text whose bytes stand there in base 64",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes(WebFunctions::fromBase64))
                        .alias("base64decode", "base64_decode")
                        .fallible());
    }

    private static byte[] bytes(TextArguments a, int row) {
        return java.util.Arrays.copyOfRange(a.heap(0), a.start(0, row), a.end(0, row));
    }

    /// The end of the protocol's name; the start where there is none.
    private static int protocolEnd(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int start = a.start(0, row);
        int end = a.end(0, row);
        int at = start;
        while (at < end && isOfProtocol(heap[at])) {
            at++;
        }
        boolean found =
                at > start
                        && at + 2 < end
                        && heap[at] == ':'
                        && heap[at + 1] == '/'
                        && heap[at + 2] == '/';
        return found ? at : start;
    }

    private static boolean isOfProtocol(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '+'
                || b == '-'
                || b == '.';
    }

    private static long protocol(TextArguments a, int row) {
        return TextRows.run(a.start(0, row), protocolEnd(a, row));
    }

    /// Where the host begins, perhaps with a user before it.
    static int authorityStart(TextArguments a, int row) {
        int protocol = protocolEnd(a, row);
        int start = a.start(0, row);
        if (protocol > start) {
            return protocol + 3;
        }
        byte[] heap = a.heap(0);
        boolean slashes = a.end(0, row) - start > 1 && heap[start] == '/' && heap[start + 1] == '/';
        return slashes ? start + 2 : start;
    }

    static int authorityEnd(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        int at = authorityStart(a, row);
        while (at < end && heap[at] != '/' && heap[at] != '?' && heap[at] != '#') {
            at++;
        }
        return at;
    }

    static long domain(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int from = authorityStart(a, row);
        int end = authorityEnd(a, row);
        for (int at = from; at < end; at++) {
            if (heap[at] == '@') {
                from = at + 1;
            }
        }
        int to = from;
        if (to < end && heap[to] == '[') {
            while (to < end && heap[to] != ']') {
                to++;
            }
            return TextRows.run(from, Math.min(end, to + 1));
        }
        while (to < end && heap[to] != ':') {
            to++;
        }
        return TextRows.run(from, to);
    }

    private static long domainWithoutWww(TextArguments a, int row) {
        long domain = domain(a, row);
        int from = (int) (domain >>> 32);
        int length = (int) domain;
        byte[] heap = a.heap(0);
        boolean www =
                length > 4
                        && heap[from] == 'w'
                        && heap[from + 1] == 'w'
                        && heap[from + 2] == 'w'
                        && heap[from + 3] == '.';
        return www ? TextRows.run(from + 4, from + length) : domain;
    }

    private static long path(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        int from = authorityEnd(a, row);
        int to = from;
        while (to < end && heap[to] != '?' && heap[to] != '#') {
            to++;
        }
        return TextRows.run(from, to);
    }

    static long query(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        int from = a.start(0, row);
        while (from < end && heap[from] != '?' && heap[from] != '#') {
            from++;
        }
        if (from == end || heap[from] == '#') {
            return TextRows.run(end, end);
        }
        int to = from + 1;
        while (to < end && heap[to] != '#') {
            to++;
        }
        return TextRows.run(from + 1, to);
    }

    private static void encode(TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        for (int at = a.start(0, row); at < a.end(0, row); at++) {
            byte b = heap[at];
            boolean plain = (isOfProtocol(b) && b != '+') || b == '_' || b == '~';
            if (plain) {
                out.append(b);
            } else {
                out.append('%');
                out.append(HEX.toHighHexDigit(b));
                out.append(HEX.toLowHexDigit(b));
            }
        }
    }

    private static void decode(TextArguments a, int row, TextOutput out) {
        byte[] text = bytes(a, row);
        byte[] decoded = new byte[text.length];
        int length = 0;
        for (int at = 0; at < text.length; at++) {
            boolean escape =
                    text[at] == '%'
                            && at + 2 < text.length
                            && HexFormat.isHexDigit(text[at + 1])
                            && HexFormat.isHexDigit(text[at + 2]);
            if (escape) {
                decoded[length++] =
                        (byte)
                                (HexFormat.fromHexDigit(text[at + 1]) << 4
                                        | HexFormat.fromHexDigit(text[at + 2]));
                at += 2;
            } else {
                decoded[length++] = text[at];
            }
        }
        appendText(decoded, length, "url_decode", out);
    }

    private static void fromBase64(TextArguments a, int row, TextOutput out) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(bytes(a, row));
        } catch (IllegalArgumentException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'"
                            + new String(bytes(a, row), StandardCharsets.UTF_8)
                            + "' is not a text in base 64",
                    e);
        }
        appendText(decoded, decoded.length, "from_base64", out);
    }

    /// Appends bytes that must be UTF-8.
    private static void appendText(byte[] bytes, int length, String function, TextOutput out) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
        } catch (CharacterCodingException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the bytes that " + function + " finds are not text in UTF-8",
                    e);
        }
        out.append(bytes, 0, length);
    }
}
