package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import java.lang.annotation.Annotation;

/**
 * Intent that is stated for a whole package. On every smaller declaration Error Prone itself
 * honours the annotations that a rule names; it does not look at {@code package-info.java}.
 */
public final class Intent {
  private Intent() {}

  /** Whether the package of the code at hand carries this annotation. */
  public static boolean isStatedOnPackage(
      Class<? extends Annotation> annotation, VisitorState state) {
    for (Tree tree : state.getPath().getCompilationUnit().getTypeDecls()) {
      Symbol type = ASTHelpers.getSymbol(tree);
      if (type != null) {
        return ASTHelpers.hasAnnotation(type.packge(), annotation.getName(), state);
      }
    }
    return false;
  }
}
