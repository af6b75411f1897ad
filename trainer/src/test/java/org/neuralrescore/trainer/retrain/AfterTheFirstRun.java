// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.journal.JsonLines;
import tools.jackson.databind.JsonNode;

/** A copy, for each test, of a model that one run has published. */
abstract class AfterTheFirstRun {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static RetrainFixture deployed;
  static RetrainReport first;
  RetrainFixture fixture;

  @BeforeAll
  static void deployAFirstGeneration() throws IOException {
    deployed = RetrainFixture.generate(shared.resolve("first")).show(0.8);
    first = deployed.run(RetrainFixture.options());
  }

  @BeforeEach
  void copy() throws IOException {
    fixture = deployed.copy(folder.resolve("copy"));
  }

  final Optional<String> served() {
    return fixture.deployment(() -> {}).deployed();
  }

  final List<JsonNode> history() {
    return JsonLines.open(fixture.workspace().folder().resolve(History.FILE)).lines();
  }
}
