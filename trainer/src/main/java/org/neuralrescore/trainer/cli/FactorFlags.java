// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The method of factorisation and its options: a flag for every setting that some method has. */
final class FactorFlags {
  private static final int DP_SWEEPS = 4;
  private static final String SWEEPS = "sweeps";
  private static final String RANK = "rank";
  private static final String AUTO = "auto";

  private final FactorMethods methods;
  private final Map<String, OptionSpec> settings = new LinkedHashMap<>();

  @Option(
      names = "--factors",
      paramLabel = "METHOD",
      description =
          "How factors are learned: implicit-als, distilled, transitions or nmf; 'auto' tries what can"
              + " win on such data and chooses on validation cases; session-softmax is"
              + " experimental ('methods' says what each is). Default: auto where a command chooses"
              + " and no option of a method is given, else implicit-als. The user encoder is the"
              + " fold-in of the same loss.")
  String method;

  @Option(
      names = "--set",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "An option of the method, as often as there are any; 'methods' has all of them.")
  Map<String, String> set = new LinkedHashMap<>();

  FactorFlags() {
    this(FactorMethods.standard());
  }

  /** With methods of one's own. */
  FactorFlags(FactorMethods methods) {
    this.methods = methods;
  }

  /** Declares a flag for every setting. */
  @Spec
  void declare(CommandSpec own) {
    Set<String> names = new LinkedHashSet<>();
    methods.all().forEach(one -> one.settings().forEach(setting -> names.add(setting.name())));
    for (String name : names) {
      OptionSpec option =
          OptionSpec.builder("--" + name)
              .type(String.class)
              .arity("1")
              .paramLabel(having(name).get(0).setting(name).orElseThrow().takes())
              .description(description(name))
              .build();
      settings.put(name, option);
      own.addOption(option);
    }
  }

  private List<FactorMethod> having(String name) {
    return methods.all().stream().filter(one -> one.setting(name).isPresent()).toList();
  }

  /** What it is, whose it is where it is not everybody's, and each default. */
  private String description(String name) {
    Map<String, Map<String, String>> defaults = new LinkedHashMap<>();
    for (FactorMethod one : having(name)) {
      Setting setting = one.setting(name).orElseThrow();
      defaults
          .computeIfAbsent(setting.description(), what -> new LinkedHashMap<>())
          .put(one.label(), setting.get(one.defaults()));
    }
    return defaults.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + whose(entry.getValue()) + ")")
            .collect(Collectors.joining(". "))
        + (name.equals(SWEEPS) ? ". Under --dp-epsilon: 4." : ".");
  }

  private String whose(Map<String, String> defaults) {
    if (Set.copyOf(defaults.values()).size() == 1) {
      String value = defaults.values().iterator().next();
      return defaults.size() == methods.all().size()
          ? "default " + value
          : String.join(", ", defaults.keySet()) + "; default " + value;
    }
    return defaults.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Leaves the method to a choice, unless it or an option of it was given. */
  void chooseUnlessTold() {
    boolean told =
        method != null
            || !set.isEmpty()
            || settings.entrySet().stream()
                .anyMatch(one -> one.getValue().getValue() != null && !one.getKey().equals(RANK));
    if (!told) {
      method = AUTO;
    }
  }

  /** Whether the method is to be chosen. */
  boolean auto() {
    return AUTO.equals(method);
  }

  /** k where it was given. */
  OptionalInt rank() {
    String given = settings.get(RANK).getValue();
    return given == null
        ? OptionalInt.empty()
        : OptionalInt.of(
            methods.all().get(0).set(methods.all().get(0).defaults(), RANK, given).rank());
  }

  /** What is chosen is not given. */
  private void requireLeftToChoice() {
    if (!set.isEmpty()) {
      throw new IllegalArgumentException(
          "--set gives options of a method, and --factors auto chooses both; leave one of them out");
    }
    settings.forEach(
        (name, option) -> {
          if (option.getValue() != null && !name.equals(RANK)) {
            throw new IllegalArgumentException(
                "--"
                    + name
                    + " is chosen by --factors auto; leave it out, or name the method that it is for");
          }
        });
  }

  /** The method's options as they were asked for. */
  FactorOptions resolve(PrivacyFlags privacy) {
    if (auto()) {
      requireLeftToChoice();
    }
    FactorOptions options = named();
    if (privacy.differential()) {
      // Every sweep costs: few good ones tell more than many noisy ones.
      options = options.ofSweeps(DP_SWEEPS);
    }
    FactorMethod chosen = options.method();
    Map<String, String> given = new LinkedHashMap<>();
    settings.forEach(
        (name, option) -> {
          String value = option.getValue();
          if (value != null) {
            given.put(name, value);
          }
        });
    set.forEach(
        (name, value) -> {
          String flag = given.putIfAbsent(name, value);
          if (flag != null && !flag.equals(value)) {
            throw new IllegalArgumentException(
                "--set " + name + "=" + value + " and --" + name + " " + flag + " say two things");
          }
          if (having(name).isEmpty()) {
            throw new IllegalArgumentException(
                "--set knows no option ["
                    + name
                    + "]; those of --factors "
                    + chosen.label()
                    + " are "
                    + chosen.settings().stream()
                        .map(Setting::name)
                        .collect(Collectors.joining(", ")));
          }
        });
    for (Setting setting : chosen.settings()) {
      String value = given.get(setting.name());
      if (value != null) {
        options = chosen.set(options, setting.name(), value);
      }
    }
    for (Map.Entry<String, String> one : given.entrySet()) {
      requireKept(options, one.getKey(), one.getValue());
    }
    return options;
  }

  /** A flag may be of another method, or another flag may have overruled it. */
  private void requireKept(FactorOptions options, String name, String value) {
    Setting setting =
        options
            .method()
            .setting(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--"
                            + name
                            + " belongs to --factors "
                            + having(name).stream()
                                .map(FactorMethod::label)
                                .collect(Collectors.joining(", "))
                            + "; --factors "
                            + options.method().label()
                            + " takes "
                            + options.method().settings().stream()
                                .map(own -> "--" + own.name())
                                .collect(Collectors.joining(", "))));
    if (!setting.get(options).equals(setting.canonical(value))) {
      throw new IllegalArgumentException(
          "--" + name + " " + value + " does not go with the other options of the factors");
    }
  }

  private FactorOptions named() {
    String name = method == null || auto() ? methods.all().get(0).label() : method;
    return methods
        .named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--factors expects one of "
                        + methods.all().stream()
                            .filter(one -> one.standing() != FactorMethod.Standing.FORMER)
                            .map(FactorMethod::label)
                            .collect(Collectors.joining(", "))
                        + ", got ["
                        + name
                        + "]"));
  }
}
