package dev.bowline.cli;

import com.google.errorprone.BugPattern;
import com.google.errorprone.BugPattern.LinkType;
import com.google.errorprone.BugPattern.SeverityLevel;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.ClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.sun.source.tree.ClassTree;

/** A rule with a mistake: it fails on a class named {@code Bomb}, and reports all others. */
@BugPattern(summary = "Every class", severity = SeverityLevel.SUGGESTION, linkType = LinkType.NONE)
public final class Crash extends BugChecker implements ClassTreeMatcher {
  private static final long serialVersionUID = 1L;

  @Override
  public Description matchClass(ClassTree tree, VisitorState state) {
    if (tree.getSimpleName().contentEquals("Bomb")) {
      throw new IllegalStateException("boom\nin several lines");
    }
    return describeMatch(tree);
  }
}
