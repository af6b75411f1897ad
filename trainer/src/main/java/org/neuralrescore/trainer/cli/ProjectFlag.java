// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The project file, from which whatever the command line leaves out is taken. */
final class ProjectFlag {
  @Option(
      names = {"-p", "--project"},
      paramLabel = "FILE",
      description = "A project file, as 'check-data' writes it; flags win over it.")
  Path project;
}
