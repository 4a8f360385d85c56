package dev.bowline.checks.model;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.util.TreePathScanner;

/** An {@link OwnCodeScanner} that knows the path to where it is. */
public abstract class OwnCodePathScanner extends TreePathScanner<Void, Void> {
  @Override
  public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
    return null;
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    return null;
  }
}
