// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/** A bundle breaks its contract: the message names the file, the field, the rule and the value. */
public class InvalidBundleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidBundleException(String message) {
    super(message);
  }

  public InvalidBundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
