package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;
import javax.lang.model.element.Name;

/**
 * What the code around a loop makes of its exceptions and jumps.
 *
 * @param label the loop's own label, or null
 * @param takeChecked whether a checked exception can leave the loop, and the code still compiles
 * @param expectUnchecked whether a catch waits for a special unchecked exception out of the loop
 */
record LoopSurroundings(Name label, boolean takeChecked, boolean expectUnchecked) {
  private static final ImmutableList<String> UNSPECIFIC =
      ImmutableList.of(
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error");

  static LoopSurroundings of(TreePath loop, VisitorState state) {
    Name label =
        loop.getParentPath().getLeaf() instanceof LabeledStatementTree labeled
            ? labeled.getLabel()
            : null;
    boolean takeChecked = false;
    boolean expectUnchecked = false;
    Tree child = loop.getLeaf();
    for (TreePath path = loop.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof TryTree attempt && attempt.getBlock() == child) {
        takeChecked |= !attempt.getCatches().isEmpty();
        expectUnchecked |=
            attempt.getCatches().stream()
                .flatMap(each -> WaysOut.types(each).stream())
                .anyMatch(type -> isSpecificAndUnchecked(type, state));
      } else if (tree instanceof MethodTree method) {
        takeChecked |= !method.getThrows().isEmpty();
        break;
      } else if (tree instanceof LambdaExpressionTree lambda) {
        takeChecked |= throwsChecked(lambda, state);
        break;
      } else if (tree instanceof ClassTree) {
        break;
      }
      child = tree;
    }
    return new LoopSurroundings(label, takeChecked, expectUnchecked);
  }

  private static boolean throwsChecked(LambdaExpressionTree lambda, VisitorState state) {
    Type type = ASTHelpers.getType(lambda);
    return type == null
        || !state.getTypes().isFunctionalInterface(type)
        || !state.getTypes().findDescriptorType(type).getThrownTypes().isEmpty();
  }

  /** Whoever waits for such an exception outside the loop means it to end it. */
  private static boolean isSpecificAndUnchecked(Type type, VisitorState state) {
    return type == null
        || type.isErroneous()
        || (!ASTHelpers.isCheckedExceptionType(type, state)
            && !UNSPECIFIC.contains(type.tsym.getQualifiedName().toString()));
  }
}
