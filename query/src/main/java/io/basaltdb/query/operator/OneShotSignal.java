package io.basaltdb.query.operator;

import java.util.ArrayList;
import java.util.List;

/// A signal that its owner fires. Actions run on the thread that fires, outside of any lock.
public final class OneShotSignal implements Signal {
    // Guards both fields.
    private final Object lock = new Object();
    private final List<Runnable> actions = new ArrayList<>();
    private boolean fired;

    @Override
    public void whenFired(Runnable action) {
        synchronized (lock) {
            if (!fired) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    public void fire() {
        List<Runnable> due;
        synchronized (lock) {
            if (fired) {
                return;
            }
            fired = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        for (Runnable action : due) {
            action.run();
        }
    }
}
