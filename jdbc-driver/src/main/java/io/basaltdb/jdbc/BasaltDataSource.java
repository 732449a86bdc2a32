package io.basaltdb.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A data source for programs that configure one by properties: set at least the URL.
public final class BasaltDataSource extends Wrapped implements DataSource {
    private String url = "";
    private @Nullable String user;
    private @Nullable String password;
    private int loginTimeoutSeconds;
    private @Nullable PrintWriter logWriter;

    public BasaltDataSource() {}

    public String getUrl() {
        return url;
    }

    /// The connection URL; the package description has its forms.
    public void setUrl(String url) {
        this.url = url;
    }

    public @Nullable String getUser() {
        return user;
    }

    public void setUser(@Nullable String user) {
        this.user = user;
    }

    /// The token of the server.
    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(user, password);
    }

    @Override
    public Connection getConnection(@Nullable String userName, @Nullable String secret)
            throws SQLException {
        return connect(userName, secret);
    }

    private Connection connect(@Nullable String userName, @Nullable String secret)
            throws SQLException {
        if (!ConnectUrl.isOurs(url)) {
            throw SqlErrors.of("08001", "set a URL that begins with " + ConnectUrl.PREFIX);
        }
        Properties properties = new Properties();
        if (userName != null) {
            properties.setProperty(ConnectProperty.USER.key(), userName);
        }
        if (secret != null) {
            properties.setProperty(ConnectProperty.PASSWORD.key(), secret);
        }
        if (loginTimeoutSeconds > 0) {
            properties.setProperty(
                    ConnectProperty.CONNECT_TIMEOUT.key(), Integer.toString(loginTimeoutSeconds));
        }
        return Connecting.connect(ConnectUrl.parse(url, properties));
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeoutSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.basaltdb.jdbc");
    }
}
