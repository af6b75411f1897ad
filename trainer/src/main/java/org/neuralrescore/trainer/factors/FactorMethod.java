// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A way to factors, as a person chooses it: its name, where it comes from, and the options that it
 * takes. A constant of the method's room; the list of all is {@code methods}.
 *
 * @param label its name in options and reports
 * @param summary what it does, in one line
 * @param paper authors, year and title
 * @param standing whether it is recommended
 * @param defaults its documented options
 * @param settings what may be changed of these, what is dear to change first
 */
public record FactorMethod(
    String label,
    String summary,
    String paper,
    Standing standing,
    FactorOptions defaults,
    List<Setting> settings) {

  /** Whether a method is recommended. */
  public enum Standing {
    /** It wins on some data. */
    OFFERED,
    /** No figure on real data is known where it wins. */
    EXPERIMENTAL,
    /** Kept for those who name it; another does the same better. */
    FORMER
  }

  public FactorMethod {
    settings = List.copyOf(settings);
  }

  /** The setting of a name. */
  public Optional<Setting> setting(String name) {
    return settings.stream().filter(setting -> setting.name().equals(name)).findFirst();
  }

  /**
   * Options with one of them changed.
   *
   * @throws IllegalArgumentException where the method has no such option, or not of that value
   */
  public FactorOptions set(FactorOptions options, String name, String value) {
    Setting setting =
        setting(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--"
                            + name
                            + " is no option of --factors "
                            + label
                            + ", which takes "
                            + settings.stream()
                                .map(own -> "--" + own.name())
                                .collect(Collectors.joining(", "))));
    return setting.set(options, setting.canonical(value));
  }
}
