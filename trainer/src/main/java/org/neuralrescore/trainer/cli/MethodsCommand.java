// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** What {@code train --help} leaves out: methods with their options, and every other flag. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells of every method what it learns, its paper and its options, and of the flags of 'train'"
          + " that its --help leaves out.",
      ""
    })
final class MethodsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "METHOD",
      arity = "0..*",
      description = "Of these alone, by the names that --factors takes; default: all there is.")
  List<String> named = List.of();

  @Mixin Output output;

  @Override
  public Integer call() {
    List<FactorMethod> asked = asked();
    if (named.isEmpty()) {
      MethodList.lines().forEach(output::text);
    } else {
      asked.forEach(method -> output.text(MethodList.line(method)));
      output.text("");
    }
    output.text("Options of a method (--set NAME=VALUE, as often as there are any):");
    for (FactorMethod method : asked) {
      output.text("  " + method.label());
      method.settings().forEach(setting -> output.text(line(method, setting)));
    }
    if (named.isEmpty()) {
      output.text("");
      otherFlags();
    }
    output.json(Map.of("methods", asked.stream().map(MethodsCommand::json).toList()));
    return 0;
  }

  private List<FactorMethod> asked() {
    List<FactorMethod> known =
        FactorMethods.standard().all().stream()
            .filter(method -> method.standing() != FactorMethod.Standing.FORMER)
            .toList();
    List<FactorMethod> asked = new ArrayList<>();
    for (String name : named) {
      asked.add(
          known.stream()
              .filter(method -> method.label().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          UserError.Kind.USAGE,
                          "methods tells of "
                              + known.stream()
                                  .map(FactorMethod::label)
                                  .collect(Collectors.joining(", "))
                              + ", got "
                              + name
                              + "; without a name of all, and of losses, solvers and networks, too")));
    }
    return named.isEmpty() ? known : asked.stream().distinct().toList();
  }

  private void otherFlags() {
    output.text("Other flags of 'train':");
    for (OptionSpec option : new CommandLine(new TrainCommand()).getCommandSpec().options()) {
      if (!TrainHelp.has(option) && !isSetting(option)) {
        output.text("  " + TrainHelp.flag(option).strip());
        output.text("      " + String.join(" ", option.description()));
      }
    }
  }

  /** A setting has a flag of its own name, too, which is as good. */
  private static boolean isSetting(OptionSpec option) {
    String name = option.longestName().replaceFirst("^-+", "");
    return FactorMethods.standard().all().stream().anyMatch(m -> m.setting(name).isPresent());
  }

  private static String line(FactorMethod method, Setting setting) {
    return String.format(
        Locale.ROOT,
        "    %-28s %s; default %s",
        setting.name() + "=" + setting.takes(),
        setting.description(),
        setting.get(method.defaults()));
  }

  private static Map<String, Object> json(FactorMethod method) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", method.label());
    map.put("experimental", method.standing() == FactorMethod.Standing.EXPERIMENTAL);
    map.put("summary", method.summary());
    map.put("paper", method.paper());
    List<Map<String, String>> settings = new ArrayList<>();
    for (Setting setting : method.settings()) {
      settings.add(
          Map.of(
              "name", setting.name(),
              "takes", setting.takes(),
              "what", setting.description(),
              "default", setting.get(method.defaults())));
    }
    map.put("settings", settings);
    return map;
  }
}
