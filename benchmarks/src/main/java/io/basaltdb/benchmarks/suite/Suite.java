package io.basaltdb.benchmarks.suite;

import io.basaltdb.benchmarks.data.DataSet;
import java.util.List;

/// Tables and queries that belong together.
public record Suite(String name, DataSet data, List<BenchQuery> queries) {
    public Suite {
        queries = List.copyOf(queries);
    }

    /// The same with the named queries only; all of them for no names.
    public Suite only(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        for (String wanted : names) {
            if (queries.stream().noneMatch(query -> query.name().equals(wanted))) {
                throw new IllegalArgumentException(
                        "suite "
                                + name
                                + " has no query "
                                + wanted
                                + "; names go from "
                                + queries.getFirst().name()
                                + " to "
                                + queries.getLast().name());
            }
        }
        return new Suite(
                name,
                data,
                queries.stream().filter(query -> names.contains(query.name())).toList());
    }
}
