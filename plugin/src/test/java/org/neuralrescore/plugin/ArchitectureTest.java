// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the arrows between the packages one-way. */
@AnalyzeClasses(
    packages = "org.neuralrescore.plugin",
    importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {
  /** ArchUnit's own option knows one folder of test classes; each line has one here. */
  static final class NoTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  private static final String ROOT = "org.neuralrescore.plugin.";

  @ArchTest
  static final ArchRule arrowsPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("line")
          .definedBy(ROOT + "line..")
          .layer("lucene")
          .definedBy(ROOT + "lucene..")
          .layer("graph")
          .definedBy(ROOT + "graph..")
          .layer("onnx")
          .definedBy(ROOT + "onnx..")
          .layer("serving")
          .definedBy(ROOT + "serving..")
          .layer("registry")
          .definedBy(ROOT + "registry..")
          .layer("action")
          .definedBy(ROOT + "action..")
          .layer("rest")
          .definedBy(ROOT + "rest..")
          .layer("search")
          .definedBy(ROOT + "search..")
          .layer("stats")
          .definedBy(ROOT + "stats..")
          .layer("wiring")
          .definedBy("org.neuralrescore.plugin")
          .whereLayer("line")
          .mayNotAccessAnyLayer()
          .whereLayer("lucene")
          .mayOnlyAccessLayers("line")
          .whereLayer("graph")
          .mayNotAccessAnyLayer()
          .whereLayer("onnx")
          .mayOnlyAccessLayers("lucene", "graph")
          .whereLayer("serving")
          .mayOnlyAccessLayers("lucene", "graph", "onnx")
          .whereLayer("registry")
          .mayOnlyAccessLayers("line", "serving")
          .whereLayer("action")
          .mayOnlyAccessLayers("serving", "registry")
          .whereLayer("rest")
          .mayOnlyAccessLayers("serving", "registry", "action")
          .whereLayer("search")
          .mayOnlyAccessLayers("lucene", "serving", "registry", "stats")
          .whereLayer("stats")
          .mayNotAccessAnyLayer()
          .whereLayer("wiring")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theCoreKnowsNoElasticsearch =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "lucene..", ROOT + "onnx..", ROOT + "serving..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.elasticsearch..");

  @ArchTest
  static final ArchRule theCoreReadsVectorsWithLuceneAlone =
      noClasses()
          .that()
          .haveSimpleName("VectorReader")
          .or()
          .resideInAPackage(ROOT + "lucene..")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("Line")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("StateSection")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.elasticsearch..");

  @ArchTest
  static final ArchRule onlyOnnxKnowsOnnxRuntime =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule noProtobufAndNoJackson =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.protobuf..", "com.fasterxml..", "tools.jackson..");
}
