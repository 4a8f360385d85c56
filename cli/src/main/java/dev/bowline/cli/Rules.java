package dev.bowline.cli;

import com.google.errorprone.BugCheckerInfo;
import com.google.errorprone.ErrorProneOptions;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.names.LevenshteinEditDistance;
import com.google.errorprone.scanner.ErrorProneScannerTransformer;
import com.google.errorprone.scanner.ScannerSupplier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The rules that this jar carries, by name. */
final class Rules {
  private static final String HOME = "dev.bowline.checks";
  private static final String EVERY_RULE = "all";

  private final Map<String, BugCheckerInfo> byName = new TreeMap<>();

  Rules(Iterable<Class<? extends BugChecker>> checks) {
    for (Class<? extends BugChecker> check : checks) {
      BugCheckerInfo rule = BugCheckerInfo.create(check);
      byName.put(rule.canonicalName(), rule);
    }
  }

  /** Our own rules, and no others that may be on the class path. */
  static Rules bundled() {
    List<Class<? extends BugChecker>> checks = new ArrayList<>();
    ServiceLoader.load(BugChecker.class, Rules.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::type)
        .filter(check -> (check.getPackageName() + ".").startsWith(HOME + "."))
        .forEach(checks::add);
    return new Rules(checks);
  }

  /** All of them, by name. */
  Iterable<BugCheckerInfo> list() {
    return byName.values();
  }

  /**
   * What Error Prone is to run.
   *
   * @param only the rules to run; none named means all
   * @param skip the rules not to run
   * @param error the rules whose findings are errors; {@code all} for every rule
   * @param settings {@code -XepOpt} settings, as {@code name=value}
   */
  Selection select(
      List<String> only, List<String> skip, List<String> error, List<String> settings) {
    Set<String> names = new LinkedHashSet<>(only.isEmpty() ? byName.keySet() : known(only));
    known(skip).forEach(names::remove);
    if (names.isEmpty()) {
      throw new CannotRun("no rule is left to run: --only and --skip leave out all of them");
    }
    List<String> options = new ArrayList<>();
    options.add("-XepDisableWarningsInGeneratedCode");
    for (String setting : settings) {
      if (setting.indexOf('=') < 1) {
        throw new CannotRun("--opt %s: expected NAME=VALUE".formatted(setting));
      }
      options.add("-XepOpt:" + setting);
    }
    ErrorProneOptions errorProne = ErrorProneOptions.processArgs(options);
    ScannerSupplier scanners =
        ScannerSupplier.fromBugCheckerInfos(names.stream().map(byName::get).toList())
            .applyOverrides(errorProne);
    Selection selection = new Selection(errorProne, scanners, errors(error));
    selection.scanner(); // so that a setting that a rule does not accept is known at once
    return selection;
  }

  private Set<String> errors(List<String> error) {
    List<String> named = new ArrayList<>(error);
    boolean all = named.removeIf(name -> name.strip().equals(EVERY_RULE));
    Set<String> rules = known(named);
    return all ? byName.keySet() : rules;
  }

  private Set<String> known(List<String> names) {
    Set<String> rules = new LinkedHashSet<>();
    for (String name : names) {
      String rule = name.strip();
      if (!byName.containsKey(rule)) {
        throw new CannotRun(
            "unknown rule %s: %s--list-rules shows all"
                .formatted(rule, nearest(rule).map("did you mean %s? "::formatted).orElse("")));
      }
      rules.add(rule);
    }
    return rules;
  }

  private Optional<String> nearest(String name) {
    return byName.keySet().stream()
        .min(
            Comparator.comparingInt(
                known -> LevenshteinEditDistance.getEditDistance(name, known, false)));
  }

  /**
   * The rules of one run.
   *
   * @param options Error Prone's options, settings included
   * @param scanners makes scanners that run these rules
   * @param errors the rules whose findings the user wants to be errors. Error Prone is not told, as
   *     it reports errors in generated code too.
   */
  record Selection(ErrorProneOptions options, ScannerSupplier scanners, Set<String> errors) {
    /** The same without some of the rules. */
    Selection without(Set<String> rules) {
      return new Selection(
          options, scanners.filter(rule -> !rules.contains(rule.canonicalName())), errors);
    }

    /** Runs the rules. */
    ErrorProneScannerTransformer scanner() {
      try {
        return ErrorProneScannerTransformer.create(scanners.get());
      } catch (RuntimeException e) {
        throw new CannotRun("a rule does not accept its settings: " + Text.oneLine(rootOf(e)), e);
      }
    }

    /** How much a finding matters. */
    Level level(Description finding) {
      return errors.contains(finding.checkName) ? Level.ERROR : Level.of(finding.severity());
    }

    private static Throwable rootOf(Throwable failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root;
    }
  }
}
