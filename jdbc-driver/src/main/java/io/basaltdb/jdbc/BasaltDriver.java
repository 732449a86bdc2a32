package io.basaltdb.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The driver, for `DriverManager`: takes URLs that begin with `jdbc:basalt:`.
public final class BasaltDriver implements Driver {
    static final String VERSION = version();

    private static final Logger LOG = Logger.getLogger("io.basaltdb.jdbc");

    static {
        try {
            DriverManager.registerDriver(new BasaltDriver());
        } catch (SQLException e) {
            LOG.log(java.util.logging.Level.WARNING, "the driver could not be registered", e);
        }
    }

    public BasaltDriver() {}

    private static String version() {
        String version = BasaltDriver.class.getPackage().getImplementationVersion();
        return version == null ? "0.0" : version;
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties properties)
            throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Properties given = properties == null ? new Properties() : properties;
        return Connecting.connect(ConnectUrl.parse(url, given));
    }

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return ConnectUrl.isOurs(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
        ConnectProperty[] known = ConnectProperty.values();
        DriverPropertyInfo[] described = new DriverPropertyInfo[known.length];
        for (int i = 0; i < known.length; i++) {
            String value = properties == null ? null : properties.getProperty(known[i].key());
            described[i] = new DriverPropertyInfo(known[i].key(), value);
            described[i].description = known[i].description();
        }
        return described;
    }

    @Override
    public int getMajorVersion() {
        return versionPart(VERSION, 0);
    }

    @Override
    public int getMinorVersion() {
        return versionPart(VERSION, 1);
    }

    /// A number of a version, or 0 where there is none.
    static int versionPart(String version, int index) {
        String[] parts = version.split("[.-]", -1);
        boolean isNumber = index < parts.length && parts[index].matches("[0-9]{1,6}");
        return isNumber ? Integer.parseInt(parts[index]) : 0;
    }

    /// There are no keys that are checked.
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return LOG;
    }
}
