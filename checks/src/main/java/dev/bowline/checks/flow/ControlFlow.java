package dev.bowline.checks.flow;

import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.processing.JavacProcessingEnvironment;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic;
import org.checkerframework.errorprone.dataflow.cfg.ControlFlowGraph;
import org.checkerframework.errorprone.dataflow.cfg.UnderlyingAST;
import org.checkerframework.errorprone.dataflow.cfg.builder.CFGBuilder;

/** Builds control-flow graphs, each once for all rules. */
final class ControlFlow {
  private static final Supplier<ControlFlow> OF_COMPILATION =
      VisitorState.memoize(state -> new ControlFlow());

  private Tree newestBody;
  private ControlFlowGraph newest;
  private int skipped;

  private ControlFlow() {}

  /**
   * The graph of a method, lambda or initialiser block; null where the library does not know a
   * construct in it. {@code -XepOpt:Bowline:NoteSkipped=true} prints a note for each of those.
   *
   * @param body a path to the method, the lambda or the block
   */
  static ControlFlowGraph of(TreePath body, VisitorState state) {
    ControlFlow flow = OF_COMPILATION.get(state);
    if (flow.newestBody != body.getLeaf()) {
      flow.newestBody = body.getLeaf();
      flow.newest = flow.build(body, state);
    }
    return flow.newest;
  }

  private ControlFlowGraph build(TreePath body, VisitorState state) {
    ProcessingEnvironment environment = JavacProcessingEnvironment.instance(state.context);
    Tree tree = body.getLeaf();
    ClassTree type = enclosing(body, ClassTree.class);
    try {
      if (tree instanceof MethodTree method) {
        return build(
            new TreePath(body, method.getBody()),
            new UnderlyingAST.CFGMethod(method, type),
            environment);
      }
      if (tree instanceof LambdaExpressionTree lambda) {
        return build(
            new TreePath(body, lambda.getBody()),
            new UnderlyingAST.CFGLambda(lambda, type, enclosing(body, MethodTree.class)),
            environment);
      }
      return build(body, new UnderlyingAST.CFGStatement(tree, type), environment);
    } catch (RuntimeException | AssertionError unknownConstruct) {
      skipped++;
      if (state.errorProneOptions().getFlags().getBoolean("Bowline:NoteSkipped").orElse(false)) {
        environment
            .getMessager()
            .printMessage(
                Diagnostic.Kind.NOTE,
                "Bowline: %s: no control-flow graph for the code at offset %d (%s); %d skipped so far"
                    .formatted(
                        body.getCompilationUnit().getSourceFile().getName(),
                        com.google.errorprone.util.ASTHelpers.getStartPosition(tree),
                        unknownConstruct,
                        skipped));
      }
      return null;
    }
  }

  private static ControlFlowGraph build(
      TreePath body, UnderlyingAST code, ProcessingEnvironment environment) {
    // Assertions may be off: what they call cannot be relied on, and the graph is smaller.
    return CFGBuilder.build(body, code, false, true, environment);
  }

  private static <T extends Tree> T enclosing(TreePath path, Class<T> kind) {
    for (TreePath outer = path.getParentPath(); outer != null; outer = outer.getParentPath()) {
      if (kind.isInstance(outer.getLeaf())) {
        return kind.cast(outer.getLeaf());
      }
    }
    return null;
  }
}
