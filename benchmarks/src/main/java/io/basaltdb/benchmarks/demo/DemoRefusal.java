package io.basaltdb.benchmarks.demo;

/// Why the demo cannot run here, in one sentence for the user.
final class DemoRefusal extends Exception {
    private static final long serialVersionUID = 1;

    DemoRefusal(String message) {
        super(message);
    }

    DemoRefusal(String message, Throwable cause) {
        super(message, cause);
    }
}
