package io.basaltdb.benchmarks.demo;

import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.tpch.TpchQueries;
import io.basaltdb.shell.sql.Display;
import io.basaltdb.shell.sql.ResultFormat;
import io.basaltdb.shell.sql.StatementRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Eight questions with short answers, each asked twice: the second time is what a dashboard sees.
final class Tour {
    private static final int WIDTH = 120;

    /// One question.
    private record Stop(String title, String sql) {}

    private static final List<Stop> FLIGHTS =
            List.of(
                    new Stop(
                            "Which airports are the busiest, and how late are flights from there?",
                            """
                            SELECT a.iata, a.city, count(*) AS flights, round(avg(f.delay), 1) AS mean_delay
                            FROM flights f JOIN airports a ON a.iata = f.origin
                            GROUP BY a.iata, a.city ORDER BY flights DESC LIMIT 5\
                            """),
                    new Stop(
                            "When is it best to fly?",
                            """
                            SELECT extract(HOUR FROM departure) AS hour_of_day, count(*) AS flights,
                                   round(100.0 * count(*) FILTER (WHERE delay > 15) / count(*), 1) AS late_percent
                            FROM flights GROUP BY extract(HOUR FROM departure)
                            HAVING count(*) > 1000 ORDER BY late_percent LIMIT 5\
                            """),
                    new Stop(
                            "Which busy routes are the worst?",
                            """
                            SELECT origin, destination, count(*) AS flights, round(avg(delay), 1) AS mean_delay, max(delay) AS worst
                            FROM flights GROUP BY origin, destination
                            HAVING count(*) >= 300 ORDER BY mean_delay DESC LIMIT 5\
                            """),
                    new Stop(
                            "Does a long way make up for lost time?",
                            """
                            SELECT CASE WHEN distance < 500 THEN '1: below 500 miles'
                                        WHEN distance < 1500 THEN '2: 500 to 1,500' ELSE '3: above' END AS way,
                                   count(*) AS flights, round(avg(delay), 2) AS mean_delay
                            FROM flights
                            GROUP BY CASE WHEN distance < 500 THEN '1: below 500 miles'
                                          WHEN distance < 1500 THEN '2: 500 to 1,500' ELSE '3: above' END
                            ORDER BY way\
                            """));

    private final Connection connection;
    private final PrintWriter out;

    Tour(Connection connection, PrintWriter out) {
        this.connection = connection;
        this.out = out;
    }

    void run() throws SQLException, IOException {
        List<Stop> stops = new ArrayList<>(FLIGHTS);
        stops.add(tpch("q01", "TPC-H 1: sums over nearly all of lineitem"));
        stops.add(tpch("q05", "TPC-H 5: six tables joined"));
        stops.add(tpch("q06", "TPC-H 6: one sum behind three filters"));
        stops.add(tpch("q12", "TPC-H 12: late lines by ship mode"));
        PrintWriter nowhere = new PrintWriter(java.io.Writer.nullWriter());
        for (Stop stop : stops) {
            out.println(stop.title());
            StatementRunner.Outcome first =
                    new StatementRunner(connection, out)
                            .run(stop.sql(), Display.plain(ResultFormat.BOX, WIDTH));
            StatementRunner.Outcome second =
                    new StatementRunner(connection, nowhere)
                            .run(stop.sql(), Display.plain(ResultFormat.CSV, WIDTH));
            out.printf(
                    Locale.ROOT,
                    "%.0f ms, asked again %.0f ms%n%n",
                    first.nanos() / 1e6,
                    second.nanos() / 1e6);
            out.flush();
        }
    }

    private static Stop tpch(String name, String title) {
        for (BenchQuery query : TpchQueries.all()) {
            if (query.name().equalsIgnoreCase(name)) {
                return new Stop(title, query.sql());
            }
        }
        throw new IllegalStateException("no TPC-H query " + name);
    }
}
