// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;

/** Keeps data flowing one way: which room may look into which. */
@AnalyzeClasses(
    packages = "org.neuralrescore.trainer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.neuralrescore.trainer.";

  /** Every room with the rooms that it may use, from the ground up. */
  private static final Map<String, List<String>> ROOMS = rooms();

  private static Map<String, List<String>> rooms() {
    Map<String, List<String>> uses = new LinkedHashMap<>();
    uses.put("base", List.of());
    uses.put("model", List.of());
    uses.put("data", List.of("base", "model"));
    uses.put("factors", List.of("base", "model", "data"));
    uses.put("wide", List.of("base", "model", "data", "factors"));
    uses.put("eval", List.of("base", "model", "data", "factors", "wide"));
    uses.put("scorer", List.of("base", "model", "data", "factors", "eval", "wide"));
    uses.put("combine", List.of("base", "model", "data", "factors", "eval", "scorer"));
    uses.put("tune", List.of("base", "model", "data", "factors", "eval", "wide", "scorer"));
    uses.put(
        "pipeline",
        List.of("base", "model", "data", "factors", "wide", "eval", "scorer", "combine"));
    // Users who are too many for an array are a table.
    uses.put("bundle", List.of("base", "model", "data"));
    uses.put("publish", List.of("base", "model", "bundle", "data"));
    uses.put("served", List.of("base", "model", "data", "eval", "bundle", "publish"));
    uses.put(
        "release",
        List.of(
            "base",
            "model",
            "data",
            "factors",
            "wide",
            "eval",
            "scorer",
            "combine",
            "pipeline",
            "bundle"));
    uses.put(
        "retrain",
        List.of(
            "base",
            "model",
            "data",
            "factors",
            "eval",
            "pipeline",
            "bundle",
            "publish",
            "served",
            "release"));
    uses.put(
        "demo",
        List.of(
            "base",
            "model",
            "data",
            "factors",
            "wide",
            "eval",
            "pipeline",
            "bundle",
            "publish",
            "served",
            "release"));
    uses.put(
        "bench", List.of("base", "model", "data", "factors", "wide", "eval", "scorer", "bundle"));
    uses.put("engine", List.of("base", "data", "pipeline", "publish"));
    uses.put("cli", List.copyOf(uses.keySet()));
    return uses;
  }

  @ArchTest static final ArchRule everyRoom_usesTheRoomsBelowIt = layers();

  private static LayeredArchitecture layers() {
    LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String room : ROOMS.keySet()) {
      house = house.layer(room).definedBy(ROOT + room + "..");
    }
    for (Map.Entry<String, List<String>> room : ROOMS.entrySet()) {
      String[] uses = room.getValue().toArray(new String[0]);
      house =
          uses.length == 0
              ? house.whereLayer(room.getKey()).mayNotAccessAnyLayer()
              : house.whereLayer(room.getKey()).mayOnlyAccessLayers(uses);
    }
    return house;
  }

  @ArchTest
  static void everyRoom_hasARule(JavaClasses trainer) {
    TreeSet<String> rooms = new TreeSet<>();
    trainer.forEach(
        c -> {
          String name = c.getPackageName();
          if (name.startsWith(ROOT)) {
            String inside = name.substring(ROOT.length());
            int dot = inside.indexOf('.');
            rooms.add(dot < 0 ? inside : inside.substring(0, dot));
          } else if (!c.getSimpleName().equals("package-info")) {
            rooms.add(c.getName());
          }
        });
    Assertions.assertEquals(new TreeSet<>(ROOMS.keySet()), rooms);
  }

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching(ROOT + "(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule tuning_isHandedNoTestCase =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "tune..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ROOT + "data.split.Split");

  @ArchTest
  static final ArchRule publishing_readsTitlesAndNothingElseOfData =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "publish..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "data.interactions..",
              ROOT + "data.split..",
              ROOT + "data.content..",
              ROOT + "data.synthetic..");

  @ArchTest
  static final ArchRule trainedValues_dependOnNoStep =
      classes()
          .that()
          .resideInAPackage(ROOT + "model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "model..", "org.neuralrescore.bundle", "java..", "org.apache.mahout.math..");

  @ArchTest
  static final ArchRule nativeRuntime_isImportedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "bundle.onnx..")
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
