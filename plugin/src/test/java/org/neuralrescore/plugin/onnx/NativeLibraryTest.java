// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.registry.BundleJson;
import org.neuralrescore.plugin.serving.Bundle;
import org.neuralrescore.plugin.serving.Hosts;
import org.neuralrescore.plugin.serving.LoadedModel;

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

  /** In a process of its own, whose library is none: opens a model twice and says how it failed. */
  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      try {
        LoadedModel.open(
            Bundle.of(SmallModel.of("films", "g1", 1).files(), new BundleJson()), Hosts.free());
      } catch (IllegalStateException failure) {
        System.out.println(failure.getMessage() + "; cause " + failure.getCause());
      }
    }
  }

  /** Its errors would end a node: each opening fails by an exception that has none within. */
  @Test
  void open_whereTheLibraryDoesNotLoad_failsTheOpeningAndNotTheProcess(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("libonnxruntime.so"), "no library");
    Files.writeString(folder.resolve("libonnxruntime4j_jni.so"), "no library");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Donnxruntime.native.path=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                NativeLibraryTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    String failure = "ONNX Runtime's native library cannot be loaded from [" + folder + "]";
    assertEquals(2, said.split(Pattern.quote(failure), -1).length - 1, said);
    assertEquals(2, said.split("libonnxruntime.so: file too short", -1).length - 1, said);
    assertEquals(2, said.split("; cause null", -1).length - 1, said);
  }
}
