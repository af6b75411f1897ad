// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @Test
  void platform_namesTheFoldersOfTheZip() {
    assertEquals("linux-x64", NativeLibrary.platform("Linux", "amd64"));
    assertEquals("linux-aarch64", NativeLibrary.platform("Linux", "aarch64"));
    assertEquals("Mac OS X-aarch64", NativeLibrary.platform("Mac OS X", "aarch64"));
  }

  @Test
  void locate_whereThereIsNoLibrary_namesFolderAndPlatforms(@TempDir Path folder) {
    String message =
        assertThrows(IllegalStateException.class, () -> NativeLibrary.locate(folder)).getMessage();
    assertTrue(message.contains(folder.toString()) && message.contains("linux-x64"), message);
  }
}
