// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuralrescore.trainer.base.UserError;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({"Linux, amd64", "Linux, x86_64", "Linux, aarch64", "Linux, arm64"})
  void requirePlugin_whereItHasALibrary_passes(String os, String arch) {
    assertDoesNotThrow(() -> new Platform(os, arch).requirePlugin());
  }

  @ParameterizedTest
  @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, riscv64", "Linux, s390x"})
  void requirePlugin_elsewhere_saysWhereItRunsInOneLine(String os, String arch) {
    UserError error = assertThrows(UserError.class, () -> new Platform(os, arch).requirePlugin());
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains("[" + os + " " + arch + "]"), error.getMessage());
    assertTrue(error.getMessage().contains("Linux x64 and aarch64"), error.getMessage());
    assertEquals(1, error.getMessage().lines().count());
  }
}
