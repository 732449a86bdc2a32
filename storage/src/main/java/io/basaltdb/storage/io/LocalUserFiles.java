package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/// Users' files on the file system of this machine.
public final class LocalUserFiles implements UserFiles {
    private static final int MAX_DEPTH = 32;

    @Override
    public List<String> expand(String pattern) {
        if (!isPattern(pattern)) {
            if (!Files.isRegularFile(path(pattern))) {
                throw new BasaltException(
                        ErrorCode.FILE_NOT_FOUND, "there is no file '" + pattern + "'");
            }
            return List.of(pattern);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        Path start = path(fixedPart(pattern));
        if (!Files.isDirectory(start)) {
            throw new BasaltException(
                    ErrorCode.FILE_NOT_FOUND, "no file matches '" + pattern + "'");
        }
        try (Stream<Path> found = Files.walk(start, MAX_DEPTH)) {
            List<String> files =
                    found.filter(Files::isRegularFile)
                            .filter(file ->
                                    matcher.matches(
                                            fixedPart(pattern).isEmpty()
                                                    ? start.relativize(file)
                                                    : file))
                            .map(Path::toString)
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new BasaltException(
                        ErrorCode.FILE_NOT_FOUND, "no file matches '" + pattern + "'");
            }
            return files;
        } catch (IOException e) {
            throw failure("cannot list the files of '" + pattern + "'", e);
        }
    }

    private static boolean isPattern(String name) {
        return name.contains("*") || name.contains("?") || name.contains("[");
    }

    /// The directories in front of the first one with a wildcard.
    private static String fixedPart(String pattern) {
        int wildcard = pattern.length();
        for (char c : new char[] {'*', '?', '['}) {
            int at = pattern.indexOf(c);
            wildcard = at < 0 ? wildcard : Math.min(wildcard, at);
        }
        int slash = pattern.lastIndexOf('/', wildcard);
        return slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER, "'" + name + "' cannot be the name of a file", e);
        }
    }

    @Override
    public RandomReader open(String path) {
        return directory(path).open(name(path));
    }

    @Override
    public AppendWriter create(String path) {
        if (Files.exists(path(path))) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "the file '" + path + "' exists already; remove it or write another one");
        }
        return directory(path).create(name(path), 0);
    }

    @Override
    public void delete(String path) {
        directory(path).delete(name(path));
    }

    private static LocalDisk directory(String path) {
        Path parent = path(path).toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new BasaltException(
                    ErrorCode.FILE_NOT_FOUND,
                    "the file '" + path + "' is in no directory that exists");
        }
        return new LocalDisk(parent);
    }

    private static String name(String path) {
        return path(path).getFileName().toString();
    }

    private static BasaltException failure(String what, IOException cause) {
        return new BasaltException(ErrorCode.IO_ERROR, what + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? "the operating system refused" : message;
    }
}
