package io.basaltdb.benchmarks.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/// A name says what a thing is, not what layer it is.
class WordsTest {
    @Test
    void noLayerNames() {
        noClasses()
                .that()
                .resideInAPackage("io.basaltdb..")
                .and()
                .resideOutsideOfPackages("io.basaltdb.sqlparser..", "..jmh_generated..")
                .should()
                .haveNameMatching(".*(Impl|Manager|Utils?|Helper|Info|Data)")
                .check(House.CLASSES);
    }
}
