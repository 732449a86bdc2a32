package io.basaltdb.jdbc;

import java.util.UUID;

class InProcessDriverTest extends DriverContract {
    @Override
    String url() {
        String name = "fake-" + UUID.randomUUID();
        FakeProvider.DATABASES.put(name, database);
        return "jdbc:basalt:mem:" + name;
    }
}
