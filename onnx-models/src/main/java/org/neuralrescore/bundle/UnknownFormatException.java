// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/** A bundle of a format that this software does not know: made by a newer one. */
public final class UnknownFormatException extends InvalidBundleException {
  private static final long serialVersionUID = 1L;

  UnknownFormatException(int format) {
    super(
        "manifest.json format expects "
            + ModelManifest.FORMAT
            + ", got "
            + format
            + ": the bundle is newer than this software, use the version that wrote it");
  }
}
