package io.basaltdb.benchmarks.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each foreign library has its room and is unknown outside it.
class LibrariesTest {
    static List<Arguments> rooms() {
        return List.of(
                Arguments.of(
                        "org.apache.calcite..",
                        new String[] {
                            "io.basaltdb.query.sql..",
                            "io.basaltdb.query.optimizer..",
                            "io.basaltdb.sqlparser.."
                        }),
                Arguments.of(
                        "io.netty..",
                        new String[] {
                            "io.basaltdb.server.net..",
                            "io.basaltdb.server.http..",
                            "io.basaltdb.server.postgres.."
                        }),
                Arguments.of(
                        "org.apache.arrow.vector..", new String[] {"io.basaltdb.server.arrow.."}),
                Arguments.of(
                        "org.apache.arrow.memory..", new String[] {"io.basaltdb.server.arrow.."}),
                Arguments.of(
                        "org.apache.arrow.flatbuf..",
                        new String[] {"io.basaltdb.protocol..", "io.basaltdb.server.arrow.."}),
                Arguments.of("org.roaringbitmap..", new String[] {"io.basaltdb.storage.part.."}),
                Arguments.of(
                        "net.jpountz..",
                        new String[] {"io.basaltdb.storage.encoding..", "io.basaltdb.embedded.."}),
                Arguments.of("jdk.incubator.vector..", new String[] {"..simd.."}),
                Arguments.of("dev.hardwood..", new String[] {"..parquet.."}),
                Arguments.of("org.duckdb..", new String[] {"io.basaltdb.benchmarks.."}),
                Arguments.of("org.openjdk.jmh..", new String[] {"io.basaltdb.benchmarks.."}),
                Arguments.of("org.jline..", new String[] {"io.basaltdb.shell.."}),
                Arguments.of(
                        "picocli..",
                        new String[] {"io.basaltdb.shell..", "io.basaltdb.benchmarks.."}));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aLibraryStaysInItsRoom(String library, String[] rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    /// The driver goes into other people's programs: it brings nothing and needs nothing.
    @Test
    void theDriverAndItsProtocolNeedOnlyTheJdk() {
        classes()
                .that()
                .resideInAnyPackage("io.basaltdb.jdbc..", "io.basaltdb.protocol..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "org.jspecify..",
                        "io.basaltdb.jdbc..",
                        "io.basaltdb.protocol..",
                        "org.apache.arrow.flatbuf..",
                        "com.google.flatbuffers..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }
}
