// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import org.neuralrescore.trainer.eval.Verdict;
import picocli.CommandLine.Help.Ansi;

/** A verdict on a terminal: in colour where there is one, the same words everywhere. */
final class VerdictText {
  private VerdictText() {}

  static String of(Verdict verdict) {
    return of(verdict, Ansi.AUTO);
  }

  static String of(Verdict verdict, Ansi ansi) {
    String colour =
        switch (verdict.standing()) {
          case BETTER -> "green";
          case LEVEL -> "yellow";
          case WORSE -> "red";
        };
    String words = verdict.standing().words();
    return ansi.string("@|bold," + colour + " " + words + "|@")
        + verdict.sentence().substring(words.length());
  }
}
