// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.Location;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes what the command line leaves out from the project file that it names. */
final class ProjectDefaults implements IDefaultValueProvider {
  /** What is asked for once and is no property of a project. */
  private static final Set<String> NEVER = Set.of("--help", "--version", "--project", "--json");

  /** The flag and its value in one word, as picocli takes it, too. */
  private static final Pattern ATTACHED = Pattern.compile("(?:--project=|-p=?)(.+)");

  private final ProjectFile project;

  private ProjectDefaults(ProjectFile project) {
    this.project = project;
  }

  /**
   * Lets every command that takes a project file take it from these arguments.
   *
   * @throws UserError of kind INPUT where the file cannot be read, or names what is no flag
   */
  static void install(CommandLine root, String... args) {
    Optional<Path> named = named(args);
    if (named.isEmpty()) {
      return;
    }
    ProjectFile project = Alternatives.putAside(ProjectFile.read(named.get()), args);
    Set<String> known = new TreeSet<>();
    for (CommandLine command : root.getSubcommands().values()) {
      if (command.getCommandSpec().findOption("--project") != null) {
        command
            .getCommandSpec()
            .options()
            .forEach(option -> known.add(option.longestName().replaceFirst("^-+", "")));
        command.setDefaultValueProvider(new ProjectDefaults(project));
      }
    }
    for (String flag : project.flags().keySet()) {
      if (NEVER.contains("--" + flag)) {
        throw new UserError(
            INPUT,
            project.file()
                + ": ["
                + flag
                + "] is no property of a project but asked for once: say --"
                + flag
                + " on the command line");
      }
      if (!known.contains(flag)) {
        throw new UserError(
            INPUT,
            project.file()
                + ": ["
                + flag.replace('-', '_')
                + "] is no flag of any command; the data's are interactions, user_column,"
                + " item_column, rating_column, time_column, delimiter, header and items, and every"
                + " other --help names");
      }
    }
  }

  private static Optional<Path> named(String... args) {
    for (int i = 0; i < args.length; i++) {
      if (List.of("-p", "--project").contains(args[i]) && i + 1 < args.length) {
        return Optional.of(Path.of(args[i + 1]));
      }
      Matcher attached = ATTACHED.matcher(args[i]);
      if (attached.matches()) {
        return Optional.of(Path.of(attached.group(1)));
      }
    }
    return Optional.empty();
  }

  /** The project of a command, where it was given one. */
  static Optional<ProjectFile> of(CommandLine command) {
    return command.getDefaultValueProvider() instanceof ProjectDefaults defaults
        ? Optional.of(defaults.project)
        : Optional.empty();
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return value(argument).orElse(null);
  }

  private Optional<String> value(ArgSpec argument) {
    String command = argument.command().name();
    if (!(argument instanceof OptionSpec option)) {
      // The bundle that 'train' wrote.
      return argument.paramLabel().equals("BUNDLE")
          ? project
              .get("name")
              .map(name -> project.placed(project.get("out").orElse("onnx-models") + "/" + name))
          : Optional.empty();
    }
    if (NEVER.contains(option.longestName())
        || (command.equals("evaluate") && option.longestName().equals("--url"))) {
      // 'evaluate' asks a cluster where it is told to, by --url.
      return Optional.empty();
    }
    Optional<String> value = project.get(option.longestName().replaceFirst("^-+", ""));
    if (value.isEmpty() && option.longestName().equals("--model")) {
      return project.get("alias").or(() -> project.get("name"));
    }
    if (value.isEmpty() && option.longestName().equals("--index")) {
      // What 'publish' calls so.
      return project.get("items-index");
    }
    if (List.of("--interactions", "--train", "--test").contains(option.longestName())) {
      return value.map(this::placed);
    }
    boolean path = argument.type() == Path.class;
    return path ? value.map(project::placed) : value;
  }

  /** Several paths or URIs, parted by commas, or one path whose name has one. */
  private String placed(String paths) {
    return Files.exists(Path.of(project.placed(paths)))
        ? project.placed(paths)
        : DataOptions.parted(paths).stream()
            .map(part -> new Location(part).isUri() ? part : project.placed(part))
            .collect(Collectors.joining(","));
  }
}
