package dev.bowline.checks.hygiene;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.AnnotationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.tools.javac.code.Symbol;
import dev.bowline.checks.RulePages;

/** Reports a house annotation whose reason says nothing: blank, or without a letter or digit. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The exception that this annotation makes has no reason; say why it is right here",
    severity = WARNING,
    link = RulePages.URL + "ReasonMissing.md",
    linkType = CUSTOM)
public final class ReasonMissing extends BugChecker implements AnnotationTreeMatcher {
  private static final String HOUSE = "dev.bowline.annotations";

  @Override
  public Description matchAnnotation(AnnotationTree tree, VisitorState state) {
    Symbol annotation = ASTHelpers.getSymbol(tree.getAnnotationType());
    if (annotation == null || !annotation.packge().getQualifiedName().contentEquals(HOUSE)) {
      return Description.NO_MATCH;
    }
    for (ExpressionTree argument : tree.getArguments()) {
      if (argument instanceof AssignmentTree assignment
          && assignment.getVariable() instanceof IdentifierTree element
          && element.getName().contentEquals("reason")
          && ASTHelpers.constValue(assignment.getExpression()) instanceof String reason
          && reason.codePoints().noneMatch(Character::isLetterOrDigit)) {
        return buildDescription(tree)
            .setMessage(
                "@%s silences rules from here down, and its reason is blank: nobody can tell later whether it still holds. Say why this is right here."
                    .formatted(annotation.getSimpleName()))
            .build();
      }
    }
    return Description.NO_MATCH;
  }
}
