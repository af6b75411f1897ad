// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Properties;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;

/** What a build before 0.1.0 sent to other nodes and wrote to its disk, recorded there. */
public final class EarlierBuild {
  private EarlierBuild() {}

  /** A message by its name in {@code wire.properties}. */
  public static BytesReference sent(String name) throws IOException {
    Properties messages = new Properties();
    try (InputStream in = EarlierBuild.class.getResourceAsStream("earlier/wire.properties")) {
      messages.load(in);
    }
    return new BytesArray(HexFormat.of().parseHex(messages.getProperty(name)));
  }

  /** The registry on disk. */
  public static byte[] onDisk() throws IOException {
    try (InputStream in = EarlierBuild.class.getResourceAsStream("earlier/registry.json")) {
      return in.readAllBytes();
    }
  }
}
