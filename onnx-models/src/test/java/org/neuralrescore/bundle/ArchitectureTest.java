// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Both sides carry this module, one of them inside a node: it brings nothing along. */
@AnalyzeClasses(
    packages = "org.neuralrescore.bundle",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theContract_needsTheJdkAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.neuralrescore.bundle", "java..");
}
