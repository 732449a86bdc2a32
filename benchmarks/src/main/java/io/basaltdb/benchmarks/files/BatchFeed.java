package io.basaltdb.benchmarks.files;

import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableSource;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/// Turns a producer that pushes batches into one from which they are pulled: the producer runs on its own thread and
/// waits while a batch is being read. One reader.
final class BatchFeed implements AutoCloseable {

    private sealed interface Handover {
        record Rows(RowBatch batch) implements Handover {}

        record End(@Nullable Throwable failure) implements Handover {}
    }

    private final SynchronousQueue<Handover> handovers = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> returns = new SynchronousQueue<>();
    private final Thread producer;
    private boolean lent;
    private boolean ended;

    BatchFeed(TableSource source, int piece) {
        producer =
                Thread.ofPlatform()
                        .daemon()
                        .name(source.definition().name() + "-" + piece)
                        .start(() -> run(source, piece));
    }

    /// The next batch, or null after the last one. Gives back the batch before.
    @Nullable RowBatch next() throws InterruptedException {
        if (ended) {
            return null;
        }
        giveBack();
        return switch (handovers.take()) {
            case Handover.Rows(RowBatch batch) -> {
                lent = true;
                yield batch;
            }
            case Handover.End(@Nullable Throwable failure) -> {
                ended = true;
                if (failure != null) {
                    throw new IllegalStateException("the generator failed", failure);
                }
                yield null;
            }
        };
    }

    @Override
    public void close() {
        producer.interrupt();
    }

    private void giveBack() throws InterruptedException {
        if (lent) {
            returns.put(true);
            lent = false;
        }
    }

    private void run(TableSource source, int piece) {
        try {
            source.produce(piece, this::handOver);
            handovers.put(new Handover.End(null));
        } catch (InterruptedException | Abandoned end) {
            // The reader closed the feed: nobody waits for an end.
        } catch (Throwable failure) {
            offerFailure(failure);
        }
    }

    private void handOver(RowBatch batch) {
        try {
            handovers.put(new Handover.Rows(batch));
            returns.take();
        } catch (InterruptedException closed) {
            throw new Abandoned();
        }
    }

    private void offerFailure(Throwable failure) {
        try {
            handovers.put(new Handover.End(failure));
        } catch (InterruptedException closed) {
            // The reader closed the feed: nobody waits for the failure.
        }
    }

    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
