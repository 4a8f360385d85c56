package dev.bowline.cli;

import com.google.errorprone.ErrorProneOptions;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.api.JavacTool;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * One run of javac over a unit, as far as the attributed trees. It either gets there, or names the
 * files to try again without: those that are not Java, and those that break the compiler.
 */
final class Attempt implements TaskListener {
  /** Up to data flow in spite of errors: incomplete code is the normal case here. */
  private static final List<String> OPTIONS =
      List.of(
          "-proc:none",
          "-implicit:none",
          "-nowarn",
          "-Xlint:none",
          "-XDcompilePolicy=simple",
          "--should-stop=ifError=FLOW",
          "--should-stop=ifNoError=FLOW",
          "-XDaddTypeAnnotationsToSymbol=true",
          "-Xmaxerrs",
          "1000000",
          "-Xmaxwarns",
          "1000000",
          "-encoding",
          "UTF-8");

  private final Unit unit;
  private final Progress progress;
  private final CompileErrors errors = new CompileErrors();
  private final Map<SourceFile, Note> rejected = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Set<Element> attributed = new HashSet<>();
  private SourceFile current;

  Attempt(Unit unit, Progress progress) {
    this.unit = unit;
    this.progress = progress;
  }

  /** What the compiler found; only of use when nothing was rejected. */
  CompileErrors errors() {
    return errors;
  }

  /** Files that javac did not attribute, each with its first error. */
  List<String> leftOut() {
    return leftOut;
  }

  /** Files to leave out next time, each with the reason. */
  Map<SourceFile, Note> rejected() {
    return rejected;
  }

  /**
   * Compiles, and calls back with every file that could be attributed.
   *
   * @param files what to compile, generated sources included
   */
  void run(Set<SourceFile> files, ErrorProneOptions options, Analysed then) {
    try (StandardJavaFileManager fileManager =
        JavacTool.create().getStandardFileManager(errors, Locale.ENGLISH, StandardCharsets.UTF_8)) {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, unit.classPath());
      fileManager.setLocationFromPaths(StandardLocation.SOURCE_PATH, unit.sourcePath());
      JavacTask task =
          JavacTool.create()
              .getTask(Writer.nullWriter(), fileManager, errors, options(), null, files);
      task.addTaskListener(this);
      Context context = ((BasicJavacTask) task).getContext();
      context.put(ErrorProneOptions.class, options);
      List<CompilationUnitTree> parsed = compile(task, context);
      if (rejected.isEmpty()) {
        scan(parsed, Trees.instance(task), context, then);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> options() {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(unit.options());
    return options;
  }

  private List<CompilationUnitTree> compile(JavacTask task, Context context) {
    List<CompilationUnitTree> parsed = new ArrayList<>();
    try {
      task.parse().forEach(parsed::add);
      // Nothing but syntax can be wrong yet.
      errors
          .firstByFile()
          .forEach(
              (file, error) ->
                  rejected.put(file, Note.note("cannot be parsed, left out: " + error)));
      if (rejected.isEmpty()) {
        task.analyze();
        if (!errors.isEmpty()) {
          resolve(parsed, Trees.instance(task), context);
        }
      }
    } catch (IOException | RuntimeException | AssertionError | StackOverflowError e) {
      if (current == null) {
        throw new CannotRun("the compiler failed: " + Text.oneLine(e), e);
      }
      rejected.put(
          current,
          Note.error(
              "the compiler crashed on %s, left out: %s"
                  .formatted(current.displayName(), Text.oneLine(e))));
    }
    return parsed;
  }

  /** Also the files without errors, as those of others show there. */
  private void resolve(List<CompilationUnitTree> parsed, Trees trees, Context context) {
    Unresolved unresolved = new Unresolved(context);
    for (CompilationUnitTree tree : parsed) {
      current = (SourceFile) tree.getSourceFile();
      if (isAttributed(tree, trees)) {
        unresolved.scan((JCTree) tree);
      }
    }
  }

  private void scan(List<CompilationUnitTree> parsed, Trees trees, Context context, Analysed then) {
    Set<SourceFile> wanted = new HashSet<>(unit.sources());
    for (CompilationUnitTree tree : parsed) {
      SourceFile file = (SourceFile) tree.getSourceFile();
      if (!wanted.contains(file)) {
        continue;
      }
      progress.at("checking", file);
      if (isAttributed(tree, trees)) {
        then.file(file, new TreePath(tree), context);
      } else {
        leftOut.add(errors.firstByFile().getOrDefault(file, file.displayName()));
      }
    }
  }

  /** Whether rules may look at it: not so when it declares what another file declares too. */
  private boolean isAttributed(CompilationUnitTree tree, Trees trees) {
    for (Tree declaration : tree.getTypeDecls()) {
      if (declaration instanceof ClassTree
          && !attributed.contains(trees.getElement(TreePath.getPath(tree, declaration)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void started(TaskEvent event) {
    remember(event);
    if (current != null && event.getKind() == TaskEvent.Kind.ANALYZE) {
      progress.at("compiling", current);
    }
  }

  @Override
  public void finished(TaskEvent event) {
    remember(event);
    if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
      attributed.add(event.getTypeElement());
    }
  }

  private void remember(TaskEvent event) {
    if (event.getSourceFile() instanceof SourceFile file) {
      current = file;
    }
  }

  /** Takes an attributed file. */
  interface Analysed {
    /** The file, its tree, and the compiler's context. */
    void file(SourceFile file, TreePath tree, Context context);
  }
}
