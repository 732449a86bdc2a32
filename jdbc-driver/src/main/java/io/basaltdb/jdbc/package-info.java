/// The JDBC driver. One jar without dependencies, class files for Java 11.
///
/// Doors: [BasaltDriver] (found by `DriverManager`), [BasaltDataSource], and [BasaltConnection] and
/// [BasaltStatement] for those who unwrap. Everything else is reached through `java.sql`.
///
/// | URL | goes to |
/// |---|---|
/// | `jdbc:basalt://host[:port][,host2…]/[schema][?k=v]` | a server; the first host that answers |
/// | `jdbc:basalt:file:DIR[?k=v]` | a database in this process, if the engine is on the class path |
/// | `jdbc:basalt:mem:[name][?k=v]` | the same, in memory |
///
/// Packages: `wire` speaks the protocol, `value` converts values; here are the classes of `java.sql`.
/// No property names a class, script or file to run. Statements are never changed by the driver and
/// values never become text: what is bound travels typed and is bound by the server.
///
/// Failures are `SQLException`s of the class that their SQLSTATE asks for ([SqlErrors]).
@NullMarked
package io.basaltdb.jdbc;

import org.jspecify.annotations.NullMarked;
