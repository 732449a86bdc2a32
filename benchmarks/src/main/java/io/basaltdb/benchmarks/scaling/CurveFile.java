package io.basaltdb.benchmarks.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Curves as CSV: what grows, the curve, milliseconds.
public final class CurveFile {
    private CurveFile() {}

    /// @param axis the name of what grows
    public static void write(Path file, String axis, List<Curve> curves) throws IOException {
        List<String> lines = new ArrayList<>(List.of(axis + ",curve,ms"));
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%d,%s,%.3f",
                                point.x(),
                                curve.name(),
                                point.millis()));
            }
        }
        Files.write(file, lines);
    }
}
