package io.basaltdb.benchmarks.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/// The product's classes, read once for all rules: every module, without tests and without the test kit.
final class House {
    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(House::isNotTestKit)
                    .importPackages("io.basaltdb");

    private House() {}

    private static boolean isNotTestKit(Location location) {
        return !location.contains("-tests.jar");
    }
}
