package io.basaltdb.benchmarks.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What one query took while something grew.
///
/// @param name the engine and the query
/// @param points in the order in which they were measured
public record Curve(String name, List<Point> points) {
    public Curve {
        points = List.copyOf(points);
    }

    /// @param x how much there was of what grows
    /// @param millis the median
    public record Point(long x, double millis) {}

    /// A line for each size and a column for each curve: what people read.
    ///
    /// @param axis the name of what grows
    public static List<String> table(String axis, List<Curve> curves) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%12s", axis));
        curves.forEach(curve -> head.append(String.format(Locale.ROOT, " %18s", curve.name)));
        lines.add(head.toString());
        List<Long> sizes =
                curves.stream()
                        .flatMap(curve -> curve.points.stream())
                        .map(Point::x)
                        .distinct()
                        .sorted()
                        .toList();
        for (long size : sizes) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%12d", size));
            for (Curve curve : curves) {
                line.append(
                        String.format(
                                Locale.ROOT,
                                " %15.3f ms",
                                curve.points.stream()
                                        .filter(point -> point.x == size)
                                        .mapToDouble(Point::millis)
                                        .findFirst()
                                        .orElse(Double.NaN)));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
