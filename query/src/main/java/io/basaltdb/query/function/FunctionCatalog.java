package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every scalar function that SQL can call, by name and alias. Built once from the families' lists; immutable.
///
/// The operators of SQL are functions here: `add subtract multiply divide modulo negate`, `||`, `like ilike` (NOT LIKE is the negation of it),
/// `bit_and bit_or bit_xor bit_not shift_left shift_right`, `position`, `substring`, `date_part`. COALESCE, IFNULL, IF and CASE are expressions of their own,
/// since they narrow the rows that their operands see: [io.basaltdb.query.expression.Expressions#call] makes them by name.
public final class FunctionCatalog {
    /// A function as documents and the SQL side list it.
    ///
    /// @param summary one line: what it gives
    public record Entry(ScalarFunction function, List<String> aliases, String summary) {}

    private static final List<Entry> ENTRIES;
    private static final Map<String, ScalarFunction> BY_NAME;

    static {
        List<Entry> entries = new ArrayList<>();
        Map<String, ScalarFunction> byName = new HashMap<>();
        Stream.of(
                        ArithmeticFunctions.all(),
                        MathFunctions.all(),
                        IntegerFunctions.all(),
                        TextFunctions.all(),
                        TextLikeness.all(),
                        TextMeasures.all(),
                        WebFunctions.all(),
                        AddressFunctions.all(),
                        NetworkFunctions.all(),
                        InetFunctions.all(),
                        FormatFunctions.all(),
                        CalendarFunctions.all(),
                        GapFunctions.all(),
                        TimeTextFunctions.all(),
                        IntervalFunctions.all(),
                        EnumFunctions.all(),
                        GeneralFunctions.all(),
                        HashFunctions.all(),
                        BinaryFunctions.all(),
                        JsonFunctions.all(),
                        JsonBuilders.all(),
                        ListFunctions.all(),
                        ListMeasures.all(),
                        MapFunctions.all())
                .flatMap(List::stream)
                .forEach(function -> {
                    entries.add(new Entry(function, function.aliases(), function.summary()));
                    put(byName, function.name(), function);
                    function.aliases().forEach(alias -> put(byName, alias, function));
                });
        ENTRIES = List.copyOf(entries);
        BY_NAME = Map.copyOf(byName);
    }

    private FunctionCatalog() {}

    private static void put(Map<String, ScalarFunction> byName, String name, Definition function) {
        ScalarFunction other = byName.put(name, function);
        assert other == null : "two functions are called " + name;
    }

    /// The function of that name or alias, ignoring case; null where there is none.
    public static @Nullable ScalarFunction find(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /// The function of that name or alias, ignoring case.
    ///
    /// @throws BasaltException UNDEFINED_FUNCTION where there is none
    public static ScalarFunction get(String name) {
        ScalarFunction function = find(name);
        if (function == null) {
            throw new BasaltException(ErrorCode.UNDEFINED_FUNCTION, "there is no function " + name);
        }
        return function;
    }

    /// All functions, family by family.
    public static List<Entry> entries() {
        return ENTRIES;
    }
}
