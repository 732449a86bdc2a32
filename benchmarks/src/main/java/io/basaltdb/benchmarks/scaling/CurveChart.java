package io.basaltdb.benchmarks.scaling;

import java.util.List;
import java.util.Locale;

/// Draws curves as SVG, both axes logarithmic: what grows in proportion is a line that rises by half a right angle.
public final class CurveChart {
    private static final double LEFT = 64;
    private static final double TOP = 34;
    private static final double WIDTH = 520;
    private static final double HEIGHT = 340;
    private static final double LEGEND = 200;
    private static final List<String> COLOURS =
            List.of(
                    "#c2410c", "#1d4ed8", "#15803d", "#7e22ce", "#b45309", "#0e7490", "#be123c",
                    "#4d7c0f");

    private final StringBuilder svg = new StringBuilder();
    private final double lowX;
    private final double highX;
    private final double lowY;
    private final double highY;

    private CurveChart(List<Curve> curves) {
        double[] x =
                curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .mapToDouble(point -> Math.log10((double) point.x()))
                        .sorted()
                        .toArray();
        double[] y =
                curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .mapToDouble(point -> Math.log10(point.millis()))
                        .sorted()
                        .toArray();
        if (x.length == 0) {
            throw new IllegalArgumentException("a chart needs at least one point");
        }
        lowX = x[0];
        highX = x[x.length - 1] > x[0] ? x[x.length - 1] : x[0] + 1;
        lowY = Math.floor(y[0]);
        highY = Math.max(Math.ceil(y[y.length - 1]), lowY + 1);
    }

    /// @param axis the name of what grows
    public static String svg(String title, String axis, List<Curve> curves) {
        return new CurveChart(curves).draw(title, axis, curves);
    }

    private String draw(String title, String axis, List<Curve> curves) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" font-family=\"sans-serif\" font-size=\"12\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                        LEFT + WIDTH + LEGEND,
                        TOP + HEIGHT + 46));
        text(LEFT, 20, "start", title);
        for (double y = lowY; y <= highY; y++) {
            grid(LEFT, y(y), LEFT + WIDTH, y(y));
            text(LEFT - 6, y(y) + 4, "end", power(y) + " ms");
        }
        List<Long> sizes =
                curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .map(Curve.Point::x)
                        .distinct()
                        .toList();
        for (long size : sizes) {
            double x = x(Math.log10((double) size));
            grid(x, TOP, x, TOP + HEIGHT);
            text(x, TOP + HEIGHT + 16, "middle", number(size));
        }
        text(LEFT + WIDTH / 2, TOP + HEIGHT + 36, "middle", axis);
        for (int i = 0; i < curves.size(); i++) {
            line(curves.get(i), COLOURS.get(i % COLOURS.size()), TOP + 12 + i * 18);
        }
        return svg.append("</svg>\n").toString();
    }

    private void line(Curve curve, String colour, double legendY) {
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : curve.points()) {
            double x = x(Math.log10((double) point.x()));
            double y = y(Math.log10(point.millis()));
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                            x,
                            y,
                            colour));
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                        points.toString().strip(),
                        colour));
        double x = LEFT + WIDTH + 16;
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>%n",
                        x,
                        legendY - 6,
                        colour));
        text(x + 18, legendY, "start", curve.name());
    }

    private void grid(double x1, double y1, double x2, double y2) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                        x1,
                        y1,
                        x2,
                        y2));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                        x,
                        y,
                        anchor,
                        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
    }

    private double x(double log) {
        return LEFT + WIDTH * (log - lowX) / (highX - lowX);
    }

    private double y(double log) {
        return TOP + HEIGHT * (highY - log) / (highY - lowY);
    }

    private static String power(double log) {
        return log < 0
                ? String.format(Locale.ROOT, "%." + (int) -log + "f", Math.pow(10, log))
                : number(Math.round(Math.pow(10, log)));
    }

    private static String number(long value) {
        if (value >= 1_000_000 && value % 100_000 == 0) {
            return value % 1_000_000 == 0
                    ? value / 1_000_000 + " M"
                    : String.format(Locale.ROOT, "%.1f M", value / 1e6);
        }
        return String.format(Locale.ROOT, "%,d", value);
    }
}
