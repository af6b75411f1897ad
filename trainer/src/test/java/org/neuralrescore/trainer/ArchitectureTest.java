package org.neuralrescore.trainer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps data flowing one way. */
@AnalyzeClasses(
    packages = "org.neuralrescore.trainer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.neuralrescore.trainer.";

  @ArchTest
  static final ArchRule steps_haveNoCycles =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nmf_knowsNothingOfNetworks =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "nmf..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "scorer..", ROOT + "eval..", ROOT + "onnx..", ROOT + "pipeline..");

  @ArchTest
  static final ArchRule sessionFactors_knowDataAndWeightsOfItemsAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "session..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.neuralrescore.trainer..")
                  .and(
                      resideOutsideOfPackages(
                          "org.neuralrescore.trainer",
                          ROOT + "session..",
                          ROOT + "neighbour..",
                          ROOT + "dataset..",
                          ROOT + "parallel..",
                          ROOT + "progress..")));

  @ArchTest
  static final ArchRule tuning_isHandedNoTestCase =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "tune..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ROOT + "dataset.Split")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "pipeline..");

  @ArchTest
  static final ArchRule export_knowsNothingOfTraining =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "onnx..", ROOT + "bundle..", ROOT + "publish..", ROOT + "node..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "dataset..",
              ROOT + "nmf..",
              ROOT + "scorer..",
              ROOT + "eval..",
              ROOT + "pipeline..");

  @ArchTest
  static final ArchRule trainedValues_dependOnNoStep =
      classes()
          .that()
          .resideInAPackage(ROOT + "model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + "model..", "java..", "org.apache.mahout.math..");

  @ArchTest
  static final ArchRule nativeRuntime_isImportedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule elasticsearchClient_isImportedWherePublishing =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "publish..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("co.elastic.clients..");

  @ArchTest
  static final ArchRule onlyTheCommandLine_readsWords =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");
}
