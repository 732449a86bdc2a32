package io.basaltdb.benchmarks.flame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FlameGraphTest {
    @TempDir private Path folder;

    private static StackTree tree() {
        StackTree tree = new StackTree();
        for (int i = 0; i < 3; i++) {
            tree.add(List.of("io.basaltdb.Scan.run", "io.basaltdb.Kernel.<init>"));
        }
        tree.add(List.of("io.basaltdb.Scan.run"));
        for (int i = 0; i < 4; i++) {
            tree.add(List.of("java.lang.Thread.run"));
        }
        return tree;
    }

    private static List<String> texts(String svg, String element) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        NodeList found = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void countsSamplesAlongTheStacks() {
        StackTree tree = tree();
        assertEquals(8, tree.samples());
        assertEquals(
                List.of("io.basaltdb.Scan.run", "java.lang.Thread.run"),
                tree.called().stream().map(StackTree::method).toList());
        assertEquals(4, tree.called().getFirst().samples());
        assertEquals(3, tree.called().getFirst().called().getFirst().samples());
        assertEquals(3, tree.depth(1));
        assertEquals(2, tree.depth(4));
    }

    @Test
    void drawsEachCallAsWideAsItsShare() throws Exception {
        String svg = FlameGraph.svg("q01 <of tpch>", tree());
        assertEquals(
                List.of(
                        "all: 8 samples, 100.0 %",
                        "io.basaltdb.Scan.run: 4 samples, 50.0 %",
                        "io.basaltdb.Kernel.<init>: 3 samples, 37.5 %",
                        "java.lang.Thread.run: 4 samples, 50.0 %"),
                texts(svg, "title"));
        assertEquals(
                List.of(
                        "q01 <of tpch>, 8 samples",
                        "all",
                        "Scan.run",
                        "Kernel.<init>",
                        "Thread.run"),
                texts(svg, "text"));
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        Element kernel = (Element) document.getElementsByTagName("rect").item(3);
        assertEquals("524.6", kernel.getAttribute("width"), "three eighths of 1400, less a gap");
    }

    @Test
    void drawsNoSamples() throws Exception {
        assertEquals(
                List.of("idle, 0 samples"), texts(FlameGraph.svg("idle", new StackTree()), "text"));
    }

    @Test
    void samplesThisProcess() throws Exception {
        try (FlameRecording recording = new FlameRecording()) {
            long until = System.nanoTime() + 1_000_000_000L;
            long sum = 0;
            while (System.nanoTime() < until) {
                sum += spin(sum);
            }
            StackTree tree = recording.stop(folder);
            assertTrue(tree.samples() > 0, "no samples, sum " + sum);
            String svg = FlameGraph.svg("this", tree);
            assertTrue(svg.contains("FlameGraphTest.samplesThisProcess"), svg);
        }
        try (var left = java.nio.file.Files.list(folder)) {
            assertFalse(left.findAny().isPresent(), "the recording's file is gone");
        }
    }

    private static long spin(long from) {
        long value = from;
        for (int i = 0; i < 10_000; i++) {
            value = value * 31 + i;
        }
        return value;
    }
}
