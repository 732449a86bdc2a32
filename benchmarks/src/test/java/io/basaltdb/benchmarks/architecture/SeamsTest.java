package io.basaltdb.benchmarks.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// The engine meets the outside world at seams only, so that a seeded simulation can stand in for it; and its hot packages
/// keep objects off the value path.
class SeamsTest {
    private static final String STORAGE = "io.basaltdb.storage..";
    private static final String QUERY = "io.basaltdb.query..";

    @Test
    void filesAndForeignMemoryOnlyInTheirPackages() {
        engineOutside("io.basaltdb.storage.io..", "io.basaltdb.storage.memory..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.nio.channels..")
                                .or(resideInAPackage("java.lang.foreign.."))
                                .or(type(Files.class))
                                .or(type(File.class))
                                .or(type(FileInputStream.class))
                                .or(type(FileOutputStream.class))
                                .or(type(RandomAccessFile.class))
                                .or(type(MappedByteBuffer.class)))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void timeOnlyThroughTheClock() {
        engineOutside("io.basaltdb.storage.io..")
                .should()
                .callMethodWhere(
                        calls(System.class, "currentTimeMillis|nanoTime")
                                .or(calls(Instant.class, "now"))
                                .or(calls(LocalDate.class, "now"))
                                .or(calls(LocalDateTime.class, "now"))
                                .or(calls(ZonedDateTime.class, "now"))
                                .or(calls(Clock.class, "system.*|tick.*")))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void randomnessOnlyFromASeed() {
        engineOutside("io.basaltdb.storage.io..")
                .should()
                .callMethodWhere(
                        calls(Math.class, "random")
                                .or(calls(UUID.class, "randomUUID"))
                                .or(calls(ThreadLocalRandom.class, "current")))
                .orShould()
                .callConstructorWhere(
                        target(owner(type(Random.class)))
                                .and(
                                        DescribedPredicate.describe(
                                                "without a seed",
                                                call ->
                                                        call.getTarget()
                                                                .getRawParameterTypes()
                                                                .isEmpty())))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    /// The front doors start threads where nobody gave them a pool; query execution owns its workers, and the front end its
    /// planners, which need deep stacks.
    @Test
    void threadsOnlyFromPools() {
        engineOutside(
                        "io.basaltdb.storage",
                        "io.basaltdb.storage.io..",
                        "io.basaltdb.query",
                        "io.basaltdb.query.execution..")
                .and()
                .doNotHaveFullyQualifiedName("io.basaltdb.query.sql.PlannerThreads")
                .should()
                .callMethodWhere(
                        calls(Thread.class, "ofPlatform|ofVirtual|startVirtualThread|sleep|start")
                                .or(calls(Executors.class, "new.*")))
                .orShould()
                .callConstructorWhere(target(owner(type(Thread.class))))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    private static final Set<String> HOT =
            Set.of(
                    "io.basaltdb.query.kernel..",
                    "io.basaltdb.storage.encoding..",
                    "io.basaltdb.storage.vector..");

    @Test
    void noStreamsNorGenericFunctionsOnTheValuePath() {
        noClasses()
                .that()
                .resideInAnyPackage(HOT.toArray(String[]::new))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.util.stream..")
                                .or(
                                        resideInAPackage("java.util.function..")
                                                .and(
                                                        nameMatching(
                                                                ".*\\.(Function|BiFunction|Supplier|Consumer|BiConsumer|Predicate|BiPredicate|UnaryOperator|BinaryOperator)"))))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void noBoxedValuesOnTheValuePath() {
        noClasses()
                .that()
                .resideInAnyPackage(HOT.toArray(String[]::new))
                .should()
                .callMethodWhere(
                        target(name("valueOf"))
                                .and(
                                        target(
                                                owner(
                                                        nameMatching(
                                                                "java\\.lang\\.(Long|Integer|Short|Byte|Double|Float|Boolean|Character)")))))
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    private static GivenClassesConjunction engineOutside(String... seams) {
        return noClasses().that().resideInAnyPackage(STORAGE, QUERY).and(outside(seams));
    }

    private static DescribedPredicate<JavaClass> outside(String... seams) {
        return JavaClass.Predicates.resideOutsideOfPackages(seams);
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String methods) {
        return target(owner(type(owner))).and(target(nameMatching(methods)));
    }
}
