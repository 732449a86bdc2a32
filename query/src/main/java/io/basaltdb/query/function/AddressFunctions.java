package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Further parts of addresses in the web: the labels of the host, its port, what follows the path, one parameter of the query.
final class AddressFunctions {
    private static final int MAX_PORT = 65_535;

    /// Labels before the last that say no more of the owner than the last: `co` in `example.co.uk`.
    private static final List<byte[]> GENERAL_LABELS =
            List.of(label("com"), label("net"), label("org"), label("co"));

    private AddressFunctions() {}

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static List<Definition> all() {
        return List.of(
                define(
                        "port",
                        "of an address: the port; 0 where none is named",
                        takes(Type.INTEGER, TEXT),
                        TextRows.counts(AddressFunctions::port)),
                define(
                        "fragment",
                        "of an address: what stands behind #",
                        takes(Type.TEXT, TEXT),
                        TextRows.slices(AddressFunctions::fragment)),
                define(
                                "url_path_full",
                                "of an address: from the first slash behind the host to the end",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices((a, row) ->
                                        TextRows.run(
                                                WebFunctions.authorityEnd(a, row), a.end(0, row))))
                        .alias("pathfull"),
                define(
                                "cut_query_string_and_fragment",
                                "the address without what stands from ? or # on",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices((a, row) ->
                                        TextRows.run(a.start(0, row), tailStart(a, row))))
                        .alias("cutquerystringandfragment"),
                define(
                                "url_parameter",
                                "of an address: the value of that parameter of the query, as it is written there; empty where there is none",
                                takes(Type.TEXT, TEXT, TEXT),
                                TextRows.slices(AddressFunctions::parameter))
                        .alias("extracturlparameter"),
                define(
                                "top_level_domain",
                                "of an address: the last label of the host; empty where the host is a number",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices(AddressFunctions::topLevelDomain))
                        .alias("topleveldomain"),
                define(
                                "first_significant_subdomain",
                                "of an address: the label of the host before the last, or before com, net, org or co and the last",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices(AddressFunctions::significantLabel))
                        .alias("firstsignificantsubdomain"),
                define(
                                "cut_to_first_significant_subdomain",
                                "of an address: the host from its first_significant_subdomain on",
                                takes(Type.TEXT, TEXT),
                                TextRows.slices(AddressFunctions::fromSignificantLabel))
                        .alias("cuttofirstsignificantsubdomain"));
    }

    private static long port(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int end = WebFunctions.authorityEnd(a, row);
        long domain = WebFunctions.domain(a, row);
        int at = start(domain) + length(domain);
        if (at >= end || heap[at] != ':') {
            return 0;
        }
        long port = 0;
        for (at++; at < end; at++) {
            int digit = heap[at] - '0';
            port = port * 10 + digit;
            if (digit < 0 || digit > 9 || port > MAX_PORT) {
                return 0;
            }
        }
        return port;
    }

    private static int start(long run) {
        return (int) (run >>> 32);
    }

    private static int length(long run) {
        return (int) run;
    }

    private static long fragment(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        int at = a.start(0, row);
        while (at < end && heap[at] != '#') {
            at++;
        }
        return TextRows.run(Math.min(end, at + 1), end);
    }

    /// Where ? or # stands; the end where neither does.
    private static int tailStart(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        int at = a.start(0, row);
        while (at < end && heap[at] != '?' && heap[at] != '#') {
            at++;
        }
        return at;
    }

    private static long parameter(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        long query = WebFunctions.query(a, row);
        int end = start(query) + length(query);
        int nameLength = a.length(1, row);
        for (int at = start(query); at < end; ) {
            int next = indexOf(heap, '&', at, end);
            int equals = indexOf(heap, '=', at, next);
            boolean named =
                    equals < next
                            && Arrays.equals(
                                    heap,
                                    at,
                                    equals,
                                    a.heap(1),
                                    a.start(1, row),
                                    a.start(1, row) + nameLength);
            if (named) {
                return TextRows.run(equals + 1, next);
            }
            at = next + 1;
        }
        return TextRows.run(end, end);
    }

    private static int indexOf(byte[] heap, char wanted, int start, int end) {
        int at = start;
        while (at < end && heap[at] != wanted) {
            at++;
        }
        return at;
    }

    /// Where the label that ends at `end` begins.
    private static int labelStart(byte[] heap, int start, int end) {
        int at = end;
        while (at > start && heap[at - 1] != '.') {
            at--;
        }
        return at;
    }

    private static boolean isNumber(byte[] heap, int start, int end) {
        return start < end
                && (heap[start] == '[' || (heap[end - 1] >= '0' && heap[end - 1] <= '9'));
    }

    private static long topLevelDomain(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        long domain = WebFunctions.domain(a, row);
        int start = start(domain);
        int end = start + length(domain);
        int label = labelStart(heap, start, end);
        return start == end || label == start || isNumber(heap, start, end)
                ? TextRows.run(end, end)
                : TextRows.run(label, end);
    }

    private static long significantLabel(TextArguments a, int row) {
        long rest = fromSignificantLabel(a, row);
        int start = start(rest);
        return TextRows.run(start, indexOf(a.heap(0), '.', start, start + length(rest)));
    }

    private static long fromSignificantLabel(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        long domain = WebFunctions.domain(a, row);
        int start = start(domain);
        int end = start + length(domain);
        int last = labelStart(heap, start, end);
        if (start == end || last == start || isNumber(heap, start, end)) {
            return TextRows.run(end, end);
        }
        int before = labelStart(heap, start, last - 1);
        boolean general = before > start && isGeneral(heap, before, last - 1);
        return TextRows.run(general ? labelStart(heap, start, before - 1) : before, end);
    }

    private static boolean isGeneral(byte[] heap, int start, int end) {
        for (byte[] label : GENERAL_LABELS) {
            if (Arrays.equals(heap, start, end, label, 0, label.length)) {
                return true;
            }
        }
        return false;
    }
}
