package dev.bowline.testing;

import dev.bowline.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the reader of a report can let stay what was found. */
enum HowToAllow {
  /** By {@link NoThreadLeaks}. */
  ANNOTATION {
    @Override
    String of(Set<String> names, Set<String> frames) {
      List<String> attributes = new ArrayList<>();
      addAttribute("ignoreNames", names, attributes);
      addAttribute("ignoreFrames", frames, attributes);
      return "@NoThreadLeaks(" + String.join(", ", attributes) + ")";
    }
  },
  /** By an option of {@link ThreadLeaks}. */
  OPTION {
    @Override
    String of(Set<String> names, Set<String> frames) {
      return Stream.concat(
              names.stream().map(name -> "ThreadLeaks.ignoreName(" + literal(name) + ")"),
              frames.stream().map(frame -> "ThreadLeaks.ignoreAnyFrame(" + literal(frame) + ")"))
          .collect(Collectors.joining(", "));
    }
  },
  /** By a line in {@code junit-platform.properties}, where a backslash is written twice. */
  PROPERTY {
    @Override
    String of(Set<String> names, Set<String> frames) {
      List<String> lines = new ArrayList<>();
      if (!names.isEmpty()) {
        lines.add(LeakSettings.NAMES + "=" + escaped(String.join("|", names)));
      }
      if (!frames.isEmpty()) {
        lines.add(LeakSettings.FRAMES + "=" + String.join(",", frames));
      }
      return String.join(", ", lines);
    }
  };

  /**
   * The last line of a report; empty if there is nothing to name. By name where that is likely to
   * stay the same, otherwise by a frame.
   */
  String of(Leaks leaks) {
    Set<String> names = new TreeSet<>();
    Set<String> frames = new TreeSet<>();
    for (Task<?> task : leaks.tasks()) {
      names.add(ThreadNames.regex(task.group()) + "/.*");
    }
    for (LiveThread live : leaks.threads()) {
      String method = Frames.ofUser(live.frames());
      boolean inInitializer = Frames.initialized(ThreadStarts.stackOf(live)) != null;
      if (inInitializer || !ThreadNames.isGenerated(live.name())) {
        names.add(ThreadNames.regex(live.name()));
      } else if (method != null) {
        frames.add(Frames.method(method));
      }
    }
    return names.isEmpty() && frames.isEmpty()
        ? ""
        : "\nif it is meant to stay: " + of(names, frames) + "\n";
  }

  /**
   * What to write.
   *
   * @param names regular expressions
   */
  abstract String of(Set<String> names, Set<String> frames);

  private static void addAttribute(String name, Set<String> values, List<String> attributes) {
    if (!values.isEmpty()) {
      String literals = values.stream().map(HowToAllow::literal).collect(Collectors.joining(", "));
      attributes.add(name + " = " + (values.size() == 1 ? literals : "{" + literals + "}"));
    }
  }

  private static String literal(String value) {
    return '"' + escaped(value) + '"';
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\");
  }
}
