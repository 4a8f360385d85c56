package dev.bowline.checks.model;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.util.TreeScanner;

/** Scans what some code does itself: the bodies of lambdas and classes in it are other code. */
public abstract class OwnCodeScanner extends TreeScanner<Void, Void> {
  @Override
  public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
    return null;
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    return null;
  }
}
