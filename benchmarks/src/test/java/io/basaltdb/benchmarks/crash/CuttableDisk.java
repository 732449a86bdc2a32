package io.basaltdb.benchmarks.crash;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A file system whose power can be cut while it works. It is an ext4 that writes nothing of its own accord for five minutes, in an image
/// that lies on an xfs which copies a file by sharing its blocks: a copy of the image is, at one instant, exactly what has reached the disk.
/// Needs Linux, root and loop devices.
final class CuttableDisk implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final long OUTER_BYTES = 8L << 30;
    private static final long INNER_BYTES = 2L << 30;

    private final Path image;
    private final Path clone;
    private final Path working;
    private final Path afterTheCut;
    private final Deque<Path> mounted = new ArrayDeque<>();

    /// @throws IOException where this machine cannot: the message says why
    CuttableDisk(Path folder) throws IOException {
        Path outer = Files.createDirectories(folder.resolve("outer"));
        working = Files.createDirectories(folder.resolve("working"));
        afterTheCut = Files.createDirectories(folder.resolve("cut"));
        image = outer.resolve("disk.img");
        clone = outer.resolve("cut.img");
        try {
            Path outerImage = sparse(folder.resolve("outer.img"), OUTER_BYTES);
            run("mkfs.xfs", "-q", outerImage.toString());
            mount(outerImage, outer, "loop");
            run("mkfs.ext4", "-q", sparse(image, INNER_BYTES).toString());
            mount(image, working, "loop,commit=300");
            run("cp", "--reflink=always", image.toString(), clone.toString());
        } catch (IOException impossible) {
            close();
            throw impossible;
        }
    }

    /// Where the database is at work.
    Path working() {
        return working;
    }

    /// Cuts the power, for whoever looks into the directory that this gives; those who are at work notice nothing.
    Path cut() throws IOException {
        if (mounted.contains(afterTheCut)) {
            unmount(afterTheCut);
        }
        Files.deleteIfExists(clone);
        run("cp", "--reflink=always", image.toString(), clone.toString());
        mount(clone, afterTheCut, "loop");
        return afterTheCut;
    }

    private static Path sparse(Path file, long bytes) throws IOException {
        run("truncate", "--size=" + bytes, file.toString());
        return file;
    }

    private void mount(Path device, Path directory, String options) throws IOException {
        run("mount", "-o", options, device.toString(), directory.toString());
        mounted.push(directory);
    }

    private void unmount(Path directory) throws IOException {
        try {
            run("umount", directory.toString());
        } catch (IOException busy) {
            throw new IOException(busy.getMessage() + "; mapped here: " + mapped(directory), busy);
        }
        mounted.remove(directory);
    }

    /// What this process still has mapped of a file system that nobody should use any more.
    private static List<String> mapped(Path directory) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains(directory.toString())).toList();
        }
    }

    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + " was interrupted", stopped);
        }
    }

    /// Why power cannot be cut on this machine; empty where it can.
    static String obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "only root may mount file systems";
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return "there are no loop devices";
        }
        for (String tool : List.of("mkfs.xfs", "mkfs.ext4", "mount", "umount", "cp", "truncate")) {
            if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .noneMatch(path -> Files.isExecutable(Path.of(path, tool)))) {
                return tool + " is not installed";
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        while (!mounted.isEmpty()) {
            unmount(mounted.peek());
        }
    }
}
