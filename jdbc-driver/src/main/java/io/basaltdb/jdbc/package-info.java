/// The JDBC driver: one jar without dependencies for programs on Java 11 and later. The URL says
/// whether the engine is a server (`jdbc:basalt://host`) or runs in this program
/// (`jdbc:basalt:file:DIR`, `jdbc:basalt:mem:`); an in-process engine is found through the service
/// loader.
@NullMarked
package io.basaltdb.jdbc;

import org.jspecify.annotations.NullMarked;
