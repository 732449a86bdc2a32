package io.basaltdb.storage.table;

import java.util.ArrayList;
import java.util.List;

/// What a table keeps of its past. Rows that die stay where they are, with the commits of their births and deaths, until the floor has passed
/// them; parts that went as a whole (TRUNCATE, DROP PARTITION) stay here. So the rows of any commit from the floor on can be told from the
/// newest parts, however often they were merged. Immutable; each change of it is in the log.
///
/// @param floor no earlier commit can be told
/// @param parts those that went as a whole
record TableHistory(long floor, List<Gone> parts) {
    /// A part that went as a whole.
    ///
    /// @param goneAt the commit that took it
    record Gone(PartState part, long goneAt) {}

    /// Of a table that keeps none.
    static final TableHistory NONE = new TableHistory(Long.MAX_VALUE, List.of());

    TableHistory {
        parts = List.copyOf(parts);
    }

    /// Begins with that commit.
    static TableHistory from(long commit) {
        return new TableHistory(commit, List.of());
    }

    boolean isKept() {
        return floor != Long.MAX_VALUE;
    }

    TableHistory plus(List<PartState> gone, long commit) {
        List<Gone> all = new ArrayList<>(parts);
        gone.forEach(part -> all.add(new Gone(part, commit)));
        return new TableHistory(floor, all);
    }

    /// The parts that are needed no more once the history begins with that commit.
    List<PartState> before(long commit) {
        return parts.stream().filter(gone -> gone.goneAt <= commit).map(Gone::part).toList();
    }

    /// Without what was before that commit.
    TableHistory forgotten(long commit) {
        return new TableHistory(
                Math.max(floor, commit),
                parts.stream().filter(gone -> gone.goneAt > commit).toList());
    }

    List<PartState> allParts() {
        return parts.stream().map(Gone::part).toList();
    }
}
