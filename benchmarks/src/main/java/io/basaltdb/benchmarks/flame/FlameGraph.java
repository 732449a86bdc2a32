package io.basaltdb.benchmarks.flame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Draws a tree of stacks as SVG, which browsers open: the method and its share show where the pointer rests.
public final class FlameGraph {
    private static final double WIDTH = 1400;
    private static final double HEAD = 28;
    private static final double ROW = 17;
    private static final double LETTER = 6.6;
    private static final double LEAST_WIDTH = 0.8;

    private final StackTree tree;
    private final StringBuilder svg = new StringBuilder();
    private final double height;

    private FlameGraph(StackTree tree, int depth) {
        this.tree = tree;
        this.height = HEAD + depth * ROW + 4;
    }

    /// Writes the picture.
    ///
    /// @param title one line above it
    public static void write(Path file, String title, StackTree tree) throws IOException {
        Files.writeString(file, svg(title, tree));
    }

    static String svg(String title, StackTree tree) {
        long least = (long) Math.ceil(tree.samples() * LEAST_WIDTH / WIDTH);
        return new FlameGraph(tree, tree.depth(least)).draw(title);
    }

    private String draw(String title) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" font-family=\"monospace\" font-size=\"11\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n"
                                + "<text x=\"4\" y=\"18\" font-size=\"13\">%s, %d samples</text>%n",
                        WIDTH,
                        height,
                        escaped(title),
                        tree.samples()));
        if (tree.samples() > 0) {
            box(tree, 0, 0);
        }
        return svg.append("</svg>\n").toString();
    }

    private void box(StackTree box, double x, int level) {
        double width = width(box);
        double y = height - (level + 1) * ROW;
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<g><title>%s: %d samples, %.1f %%</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                        escaped(box.method()),
                        box.samples(),
                        100.0 * box.samples() / tree.samples(),
                        x,
                        y,
                        Math.max(width - 0.4, 0.4),
                        ROW - 1,
                        colour(box.method())));
        String label = label(box.method(), width);
        if (!label.isEmpty()) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%.1f\">%s</text>",
                            x + 3,
                            y + ROW - 5,
                            escaped(label)));
        }
        svg.append("</g>\n");
        double at = x;
        for (StackTree called : box.called()) {
            double share = width(called);
            if (share >= LEAST_WIDTH) {
                box(called, at, level + 1);
            }
            at += share;
        }
    }

    private double width(StackTree box) {
        return WIDTH * box.samples() / tree.samples();
    }

    /// The name without its package, as far as it fits; empty where less than three letters do.
    private static String label(String method, double width) {
        int dot = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
        String name = method.substring(dot + 1);
        int fits = (int) ((width - 6) / LETTER);
        return fits < 3 ? "" : name.length() <= fits ? name : name.substring(0, fits - 1) + "…";
    }

    /// Basalt's own methods in warm colours, a shade for each class; those of libraries in blue, of the JDK in grey.
    private static String colour(String method) {
        String type = method.substring(0, Math.max(0, method.lastIndexOf('.')));
        int shade = Math.floorMod(type.hashCode(), 60);
        if (method.startsWith("io.basaltdb.")) {
            return String.format(
                    Locale.ROOT, "hsl(%d,85%%,%d%%)", 8 + shade * 2 / 3, 62 + shade % 8);
        }
        if (method.startsWith("java.") || method.startsWith("jdk.") || method.equals("all")) {
            return String.format(Locale.ROOT, "hsl(0,0%%,%d%%)", 78 + shade % 8);
        }
        return String.format(Locale.ROOT, "hsl(%d,55%%,75%%)", 190 + shade % 40);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
