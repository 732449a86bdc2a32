package io.basaltdb.benchmarks.flame;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stacks of calls that were sampled, merged from the outermost call inwards.
public final class StackTree {
    private final String method;
    private final Map<String, StackTree> called = new TreeMap<>();
    private long samples;

    /// A tree without samples.
    public StackTree() {
        this("all");
    }

    private StackTree(String method) {
        this.method = method;
    }

    /// Adds a sample.
    ///
    /// @param stack the methods, the outermost first
    public void add(List<String> stack) {
        samples++;
        if (!stack.isEmpty()) {
            called.computeIfAbsent(stack.getFirst(), name -> new StackTree(name))
                    .add(stack.subList(1, stack.size()));
        }
    }

    /// Class and method.
    public String method() {
        return method;
    }

    /// Samples in which this call was on the stack.
    public long samples() {
        return samples;
    }

    /// What was called from here, by name: so that pictures of two runs can be laid side by side.
    public List<StackTree> called() {
        return List.copyOf(called.values());
    }

    /// Calls above each other, this one included, that at least so many samples have.
    public int depth(long least) {
        return 1
                + called.values().stream()
                        .filter(tree -> tree.samples >= least)
                        .map(tree -> tree.depth(least))
                        .max(Comparator.naturalOrder())
                        .orElse(0);
    }
}
