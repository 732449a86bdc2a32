package io.basaltdb.benchmarks.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ScalingRunTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private static final List<Curve> CURVES =
            List.of(
                    new Curve(
                            "basalt scan",
                            List.of(
                                    new Curve.Point(1_000_000, 1.5),
                                    new Curve.Point(10_000_000, 15))),
                    new Curve("duckdb <scan>", List.of(new Curve.Point(1_000_000, 20))));

    @TempDir private Path folder;

    @Test
    void showsCurvesAsATableAndAsAFile() throws Exception {
        assertEquals(
                List.of(
                        "        rows        basalt scan      duckdb <scan>",
                        "     1000000           1.500 ms          20.000 ms",
                        "    10000000          15.000 ms             NaN ms"),
                Curve.table("rows", CURVES));
        Path file = folder.resolve("curves.csv");
        CurveFile.write(file, "rows", CURVES);
        assertEquals(
                List.of(
                        "rows,curve,ms",
                        "1000000,basalt scan,1.500",
                        "10000000,basalt scan,15.000",
                        "1000000,duckdb <scan>,20.000"),
                Files.readAllLines(file));
    }

    @Test
    void drawsCurvesOnLogarithmicAxes() throws Exception {
        Document svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new InputSource(
                                        new StringReader(CurveChart.svg("title", "rows", CURVES))));
        NodeList lines = svg.getElementsByTagName("polyline");
        assertEquals(2, lines.getLength());
        // From 1 to 100 ms over 340 points: 1.5 ms lies at 0.088 of it, 15 ms at 0.588.
        assertEquals(
                "64.0,344.1 584.0,174.1",
                lines.item(0).getAttributes().getNamedItem("points").getNodeValue());
        String text = svg.getDocumentElement().getTextContent();
        for (String word : List.of("title", "1 M", "10 M", "100 ms", "duckdb <scan>")) {
            assertTrue(text.contains(word), word + " in " + text);
        }
    }

    @Test
    void measuresEachSizeOnEachEngine() throws Exception {
        List<Curve> curves =
                new ScalingRun(Axis.COLUMNS, List.of("basalt", "duckdb"), 1, PROCESSORS, folder)
                        .run(List.of(10L, 12L));
        assertEquals(
                List.of(
                        "basalt one column",
                        "duckdb one column",
                        "basalt all columns",
                        "duckdb all columns",
                        "basalt a whole row",
                        "duckdb a whole row"),
                curves.stream().map(Curve::name).toList());
        for (Curve curve : curves) {
            assertEquals(List.of(10L, 12L), curve.points().stream().map(Curve.Point::x).toList());
            assertTrue(curve.points().stream().allMatch(point -> point.millis() > 0));
        }
    }

    @Test
    void asksTheSameOfOtherEngines() throws Exception {
        List<Curve> curves =
                new ScalingRun(Axis.ROWS, List.of("duckdb"), 1, PROCESSORS, folder)
                        .run(List.of(100L));
        assertEquals(7, curves.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = Axis.class,
            names = {"ROWS", "PARTS"})
    void makesWhatItSays(Axis axis) throws Exception {
        try (Engine engine = Engines.open("basalt", folder, PROCESSORS);
                Statement statement = engine.connection().createStatement()) {
            // Fewer rows than the axis has where it is the parts that grow.
            for (String sql : axis.statements(7)) {
                statement.execute(sql.replace("range(0, " + Axis.PART_ROWS + ")", "range(0, 700)"));
            }
            try (ResultSet count =
                    statement.executeQuery("SELECT count(*), count(DISTINCT ts) FROM readings")) {
                count.next();
                assertEquals(axis == Axis.ROWS ? 7 : 700, count.getLong(1));
                assertEquals(count.getLong(1), count.getLong(2));
            }
            if (axis == Axis.PARTS) {
                try (ResultSet count =
                        statement.executeQuery("SELECT count(DISTINCT bucket) FROM readings")) {
                    count.next();
                    assertEquals(7, count.getLong(1));
                }
            }
            for (String sql : axis.queries(7).values()) {
                assertTrue(engine.time(sql).rows() > 0, sql);
            }
        }
    }
}
