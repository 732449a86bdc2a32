package io.basaltdb.benchmarks.flame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/// Samples the stacks of all Java threads that run, a hundred times a second, until it is stopped.
public final class FlameRecording implements AutoCloseable {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);

    private final Recording recording = new Recording();

    /// Begins.
    public FlameRecording() {
        recording.enable(SAMPLE).withPeriod(PERIOD);
        recording.start();
    }

    /// Ends it; the stacks of all samples.
    ///
    /// @param folder for a file that is gone afterwards
    public StackTree stop(Path folder) throws IOException {
        recording.stop();
        Path file = Files.createTempFile(folder, "stacks", ".jfr");
        try {
            recording.dump(file);
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        recording.close();
    }

    private static StackTree read(Path file) throws IOException {
        StackTree tree = new StackTree();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && event.getStackTrace() != null) {
                    tree.add(methods(event.getStackTrace().getFrames()));
                }
            }
        }
        return tree;
    }

    private static List<String> methods(List<RecordedFrame> innermostFirst) {
        List<String> methods = new ArrayList<>(innermostFirst.size());
        for (RecordedFrame frame : innermostFirst.reversed()) {
            RecordedMethod method = frame.getMethod();
            methods.add(method.getType().getName() + "." + method.getName());
        }
        return methods;
    }
}
