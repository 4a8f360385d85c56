package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.ArrayList;
import java.util.List;

/**
 * What counts as an assertion: it throws when it does not hold, and the test fails if that throw
 * reaches it. Soft assertions and other collectors are none: they carry the failure to the test.
 */
public final class Assertions {
  private static final ImmutableList<String> CALLS =
      ImmutableList.of(
          "junit.framework.Assert#assert*",
          "junit.framework.Assert#fail*",
          "junit.framework.TestCase#assert*",
          "junit.framework.TestCase#fail*",
          "org.junit.Assert#assert*",
          "org.junit.Assert#fail*",
          "org.junit.Assume#assume*",
          "org.junit.jupiter.api.Assertions#assert*",
          "org.junit.jupiter.api.Assertions#fail*",
          "org.junit.jupiter.api.Assumptions#assum*",
          "org.testng.Assert#assert*",
          "org.testng.Assert#expectThrows",
          "org.testng.Assert#fail*",
          "org.testng.AssertJUnit#assert*",
          "org.testng.AssertJUnit#fail*",
          "org.hamcrest.MatcherAssert#assertThat",
          "org.assertj.core.api.Assertions#fail*",
          "org.assertj.core.api.AbstractSoftAssertions#assertAll",
          "org.assertj.core.api.SoftAssertions#assertSoftly",
          "org.easymock.EasyMock#verify*",
          "org.mockito.Mockito#verifyNo*",
          "org.mockito.Mockito#verifyZero*",
          "org.mockito.InOrder#verifyNo*",
          "org.skyscreamer.jsonassert.JSONAssert#*");

  /** What a chain starts with of which a later call throws: {@code assertThat(x).isEqualTo(y)}. */
  private static final MethodTable CHAINS =
      MethodTable.of(
          ImmutableList.of(
              "com.google.common.truth.Truth#*",
              "com.google.common.truth.Truth8#*",
              "org.assertj.core.api.Assertions#assert*",
              "org.assertj.core.api.AssertionsForClassTypes#assert*",
              "org.assertj.core.api.AssertionsForInterfaceTypes#assert*",
              "org.assertj.core.api.BDDAssertions#then*",
              "org.mockito.BDDMockito#then",
              "org.mockito.Mockito#verify",
              "org.mockito.InOrder#verify"));

  private final MethodTable calls;

  /**
   * @param flags {@code -XepOpt:AssertionOffTestThread:Methods=} names more methods that throw when
   *     what they check does not hold, as {@code a.b.C#method}
   */
  public Assertions(ErrorProneFlags flags) {
    calls =
        MethodTable.of(
            Iterables.concat(CALLS, flags.getListOrEmpty("AssertionOffTestThread:Methods")));
  }

  /**
   * Whether this is an assertion as a whole: an {@code assert}, a call, or the last call of a
   * chain.
   */
  public boolean isAssertion(TreePath path, VisitorState state) {
    Tree tree = path.getLeaf();
    return tree instanceof AssertTree
        || (tree instanceof MethodInvocationTree call
            && isAssertionCall(call, state)
            && !isCalledOn(path));
  }

  /** Whether this is an assertion, or a call in the chain of one. */
  public boolean isAssertionCall(MethodInvocationTree call, VisitorState state) {
    if (contains(calls, call, state)) {
      return true;
    }
    ExpressionTree receiver = call;
    while ((receiver = ASTHelpers.getReceiver(receiver)) != null) {
      if (!(receiver instanceof MethodInvocationTree)) {
        return false;
      }
      if (contains(CHAINS, receiver, state)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(MethodTable table, ExpressionTree call, VisitorState state) {
    return ASTHelpers.getSymbol(call) instanceof MethodSymbol method
        && table.contains(method, state);
  }

  private static boolean isCalledOn(TreePath path) {
    TreePath parent = path.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree) {
      parent = parent.getParentPath();
    }
    return parent.getLeaf() instanceof MemberSelectTree
        && parent.getParentPath().getLeaf() instanceof MethodInvocationTree;
  }

  /** The assertions of a method, without those in its lambdas and local classes. */
  public List<TreePath> directlyIn(TreePath method, VisitorState state) {
    List<TreePath> found = new ArrayList<>();
    new OwnCodePathScanner() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (!isAssertion(getCurrentPath(), state)) {
          return super.visitMethodInvocation(call, null);
        }
        found.add(getCurrentPath());
        return null;
      }

      @Override
      public Void visitAssert(AssertTree tree, Void unused) {
        found.add(getCurrentPath());
        return null;
      }
    }.scan(method, null);
    return found;
  }

  /** What to call it in a message. */
  public static String nameOf(Tree assertion) {
    return assertion instanceof MethodInvocationTree call
        ? ASTHelpers.getSymbol(call).getSimpleName().toString()
        : "assert";
  }
}
