package dev.bowline.checks.flow;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;

/**
 * What one rule says about the values that it follows: what makes one, what ends the obligation
 * that comes with it, and which ways out of a method count. Everything else, such as aliases,
 * hand-overs and paths, is the same for all rules.
 */
public interface Obligation {
  /** Whether evaluating this expression, a call or a creation, makes a value to follow. */
  boolean isCreatedBy(ExpressionTree expression, VisitorState state);

  /** Whether a call of this method on the value does what the value obliges to. */
  boolean isMetBy(MethodSymbol method, VisitorState state);

  /** Like {@link #isMetBy}, for a value that a field keeps. */
  default boolean isMetOnFieldBy(MethodSymbol method, VisitorState state) {
    return isMetBy(method, state);
  }

  /**
   * Whether the obligation begins only with a call of this method on the value, as {@code start} on
   * a thread. A rule that answers so for any method also answers {@link #beginsWhenCreated}.
   */
  default boolean isBegunBy(MethodSymbol method, VisitorState state) {
    return false;
  }

  /** Whether this creation obliges at once. */
  default boolean beginsWhenCreated(ExpressionTree creation, VisitorState state) {
    return true;
  }

  /** Whether what is to be ended is the receiver of the creating call, as a lock that it took. */
  default boolean isOnReceiver() {
    return false;
  }

  /** Whether try-with-resources meets the obligation. */
  default boolean isMetByClosing() {
    return true;
  }

  /**
   * Whether this method only works with a value that is passed to it, and never ends or keeps it.
   */
  default boolean isMerelyUsedBy(MethodSymbol method, VisitorState state) {
    return false;
  }

  /** Whether the value that this method returns stands for the one that is passed to it. */
  default boolean isWrappedBy(MethodSymbol method, VisitorState state) {
    return false;
  }

  /** What the answer of this method tells about the value. */
  default Answer answerOf(MethodSymbol method, VisitorState state) {
    return Answer.NOTHING;
  }

  /** Whether a method that ends because a call throws a checked exception of this type counts. */
  default boolean countsChecked(Type exception, VisitorState state) {
    return true;
  }

  /** Whether an unchecked exception out of a call of this method, or constructor, counts. */
  default boolean countsUnchecked(MethodSymbol method, VisitorState state) {
    return false;
  }

  /** Whether a method that ends with an exception of any kind counts. */
  default boolean countsExceptions() {
    return true;
  }

  /** Whether {@link Leaks#owedAt} will be asked about calls of this method. */
  default boolean isWatched(MethodSymbol method, VisitorState state) {
    return false;
  }

  /** What a boolean method that is asked of a value tells about its obligation. */
  enum Answer {
    /** Nothing. */
    NOTHING,
    /** True: it is met already. */
    MET_IF_TRUE,
    /** False: it is met already. */
    MET_IF_FALSE
  }
}
