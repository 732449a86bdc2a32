package io.basaltdb.benchmarks.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Modules use only what stands below them, packages only what stands before them, and nothing goes in a circle.
class ModuleDirectionsTest {
    /// For each module the other modules that it may name.
    private static final Map<String, List<String>> MAY_USE =
            Map.of(
                    "storage", List.of(),
                    "protocol", List.of(),
                    "query", List.of("storage", "sqlparser"),
                    "formats", List.of("storage", "query"),
                    "embedded", List.of("storage", "query", "protocol", "formats"),
                    "server", List.of("storage", "query", "protocol", "embedded"),
                    "jdbc", List.of("protocol"),
                    "shell", List.of("storage", "query", "protocol", "embedded", "server", "jdbc"));

    /// From the ground up: a package uses those before it, never those after it.
    private static final List<String> STORAGE_ORDER =
            List.of(
                    "error",
                    "type",
                    "memory",
                    "vector",
                    "io",
                    "encoding",
                    "segment",
                    "part",
                    "log",
                    "catalog",
                    "table");

    private static final List<String> QUERY_ORDER =
            List.of(
                    "kernel",
                    "function",
                    "expression",
                    "relation",
                    "plan",
                    "operator",
                    "execution",
                    "access",
                    "system",
                    "optimizer",
                    "sql",
                    "session");

    @Test
    void importsEveryModule() {
        for (String module : MAY_USE.keySet()) {
            assertTrue(
                    House.CLASSES.containPackage("io.basaltdb." + module),
                    "no class of module " + module + " was read: the rules would say nothing");
        }
    }

    static List<String> modules() {
        return MAY_USE.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesUseOnlyWhatStandsBelowThem(String module) {
        String[] others =
                MAY_USE.keySet().stream()
                        .filter(other -> !other.equals(module))
                        .filter(other -> !MAY_USE.get(module).contains(other))
                        .map(other -> "io.basaltdb." + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.basaltdb." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.basaltdb.benchmarks..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    static List<String> storagePackages() {
        return STORAGE_ORDER.subList(0, STORAGE_ORDER.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("storagePackages")
    void storagePackagesLookDown(String name) {
        checkOrder("storage", STORAGE_ORDER, name);
    }

    static List<String> queryPackages() {
        return QUERY_ORDER.subList(0, QUERY_ORDER.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("queryPackages")
    void queryPackagesLookDown(String name) {
        checkOrder("query", QUERY_ORDER, name);
    }

    private static void checkOrder(String module, List<String> order, String name) {
        String prefix = "io.basaltdb." + module + ".";
        String[] above =
                order.subList(order.indexOf(name) + 1, order.size()).stream()
                        .map(other -> prefix + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(prefix + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    /// The root package of a module is its front door: it wires the rooms, and no room knows it.
    @ParameterizedTest
    @ValueSource(strings = {"storage", "query", "embedded", "server", "protocol", "jdbc"})
    void nothingInsideImportsTheFrontDoor(String module) {
        noClasses()
                .that()
                .resideInAPackage("io.basaltdb." + module + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.basaltdb." + module)
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.basaltdb.(**)").should().beFreeOfCycles().check(House.CLASSES);
    }

    /// The planner makes plans; it does not know how they are run.
    @Test
    void plannersDoNotKnowExecution() {
        noClasses()
                .that()
                .resideInAnyPackage("io.basaltdb.query.sql..", "io.basaltdb.query.optimizer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.basaltdb.query.operator..", "io.basaltdb.query.execution..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    /// The engine reads through snapshots and splits and writes through transactions: how a part looks is storage's own.
    @Test
    void theInsideOfStorageStaysInside() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.basaltdb.storage..", "io.basaltdb.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.basaltdb.storage.encoding..",
                        "io.basaltdb.storage.part..",
                        "io.basaltdb.storage.log..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void theLogDoesNotKnowWhatItsBytesMean() {
        classes()
                .that()
                .resideInAPackage("io.basaltdb.storage.log..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "io.basaltdb.storage.log..",
                        "io.basaltdb.storage.io..",
                        "io.basaltdb.storage.memory..",
                        "io.basaltdb.storage.error..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void encodingsKnowNeitherFilesNorBatches() {
        noClasses()
                .that()
                .resideInAPackage("io.basaltdb.storage.encoding..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.basaltdb.storage.io..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void kernelsKnowOnlyArrays() {
        noClasses()
                .that()
                .resideInAPackage("io.basaltdb.query.kernel..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.basaltdb..")
                                .and(resideOutsideOfPackage("io.basaltdb.query.kernel..")))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }
}
