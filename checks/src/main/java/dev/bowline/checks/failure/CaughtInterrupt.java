package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.InterruptSource;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a handler does with the exception that it is given: whether it throws it on, hands it to
 * somebody, or notes that it came. Setting the interrupt flag is another class's matter.
 */
final class CaughtInterrupt {
  private static final int DEPTH = 3;

  /** Who calls these says something about the exception and keeps nothing of it. */
  private static final Pattern TELLS =
      Pattern.compile(
          "(?i)(log|trace|debug|info|warn|error|fatal|severe|warning|config|fine|finer|finest"
              + "|print|println|printf|isLoggable)\\w*");

  private static final Pattern LOGGER = Pattern.compile("(?i).*(log|printstream|printwriter).*");

  /** A future's listeners hear of a failure, but the thread at hand does not. */
  private static final ImmutableSet<String> FAILS_FUTURE =
      ImmutableSet.of(
          "completeExceptionally",
          "failedFuture",
          "failedStage",
          "immediateFailedFuture",
          "newFailedFuture",
          "setException",
          "setFailure",
          "tryFailure");

  private static final ImmutableSet<String> ENDS_PROCESS =
      ImmutableSet.of("exit", "halt", "terminate");

  /** A flag, a constant or an exception with such a name says that work was told to stop. */
  private static final Pattern SIGNAL = Pattern.compile("(?i).*(interrupt|cancel|abort).*");

  /** A field with such a name tells the loops that look at it. */
  private static final Pattern STOP =
      Pattern.compile(
          "(?i).*(stop|shut|terminat|quit|exit|clos|kill|running|alive|active|keepgoing|done|finish"
              + "|dead|enabled|started).*");

  private final ImmutableSet<String> restoringExceptions;
  private final VisitorState state;
  private final boolean broad;

  /** Whether a variable is given a value that may be looked at later. */
  private boolean notes;

  private boolean heard;

  private CaughtInterrupt(
      ImmutableSet<String> restoringExceptions, boolean broad, VisitorState state) {
    this.restoringExceptions = restoringExceptions;
    this.broad = broad;
    this.state = state;
  }

  /** What becomes of it in the catch at the state's position. */
  static CaughtInterrupt in(
      CatchTree tree, boolean broad, ImmutableSet<String> restoringExceptions, VisitorState state) {
    CaughtInterrupt caught = new CaughtInterrupt(restoringExceptions, broad, state);
    caught.scan(
        new TreePath(state.getPath(), tree.getBlock()),
        ASTHelpers.getSymbol(tree.getParameter()),
        DEPTH);
    return caught;
  }

  /** Whether it is thrown on, handed to somebody, or known to whom it concerns in another way. */
  boolean isHeard() {
    return heard;
  }

  /** Whether the handler sets a variable, which code after it may look at. */
  boolean isNoted() {
    return notes;
  }

  private void scan(TreePath code, VarSymbol exception, int depth) {
    Set<Symbol> names = new HashSet<>();
    names.add(exception);
    new TreePathScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void unused) {
        return heard ? null : super.scan(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        Symbol symbol = ASTHelpers.getSymbol(tree);
        if (symbol != null && names.contains(symbol)) {
          heard |= isHandedOn(getCurrentPath());
        } else {
          heard |= isSignal(symbol, getCurrentPath());
        }
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        heard |= isSignal(ASTHelpers.getSymbol(tree), getCurrentPath());
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitThrow(ThrowTree tree, Void unused) {
        heard |= carriesSignal(ASTHelpers.getType(tree.getExpression()));
        return super.visitThrow(tree, null);
      }

      @Override
      public Void visitNewClass(NewClassTree tree, Void unused) {
        heard |= carriesSignal(ASTHelpers.getType(tree.getIdentifier()));
        return super.visitNewClass(tree, null);
      }

      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        notes(ASTHelpers.getSymbol(tree.getVariable()));
        return super.visitAssignment(tree, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method) {
          String name = method.getSimpleName().toString();
          heard |=
              ENDS_PROCESS.contains(name) && (method.isStatic() || call.getArguments().size() > 0);
          ExpressionTree receiver = ASTHelpers.getReceiver(call);
          if (name.equals("set")
              && receiver != null
              && ASTHelpers.getSymbol(receiver) instanceof VarSymbol variable) {
            // an AtomicBoolean
            notes(variable);
          }
        }
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitCatch(CatchTree tree, Void unused) {
        return scan(tree.getBlock(), null);
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        return null;
      }

      private void notes(Symbol variable) {
        if (variable instanceof VarSymbol && variable.owner != null) {
          notes = true;
          boolean field =
              variable.owner.getKind().isClass() || variable.owner.getKind().isInterface();
          String name = variable.getSimpleName().toString();
          heard |= SIGNAL.matcher(name).matches() || (field && STOP.matcher(name).matches());
        }
      }

      // A mention of an interrupt that is more than words.
      private boolean isSignal(Symbol symbol, TreePath mention) {
        if (symbol instanceof VarSymbol variable) {
          return SIGNAL.matcher(variable.getSimpleName()).matches() && !isTold(mention);
        }
        // instanceof InterruptedException, InterruptedException.class
        return broad
            && symbol instanceof Symbol.ClassSymbol
            && InterruptSource.isInterrupt(symbol.type, state);
      }

      // Follows the exception outwards to what it is used for.
      private boolean isHandedOn(TreePath use) {
        TreePath child = use;
        for (TreePath path = use.getParentPath(); path != null; path = path.getParentPath()) {
          Tree tree = path.getLeaf();
          Tree inner = child.getLeaf();
          if (tree instanceof ParenthesizedTree
              || tree instanceof TypeCastTree
              || (tree instanceof ConditionalExpressionTree choice
                  && choice.getCondition() != inner)) {
            child = path;
          } else if (tree instanceof ThrowTree) {
            // What is wrapped is not what was caught.
            return inner == use.getLeaf() || carriesSignal(ASTHelpers.getType(inner));
          } else if (tree instanceof NewClassTree creation) {
            if (!isThrowable(ASTHelpers.getType(creation)) || inner == creation.getIdentifier()) {
              return true;
            }
            child = path;
          } else if (tree instanceof MemberSelectTree) {
            // e.getCause() and the like: the call is what counts.
            TreePath call = path.getParentPath();
            if (!(call.getLeaf() instanceof MethodInvocationTree)
                || !isThrowable(ASTHelpers.getType(call.getLeaf()))) {
              return false;
            }
            child = call;
            path = call;
          } else if (tree instanceof MethodInvocationTree call) {
            return isGiven(call, inner);
          } else if (tree instanceof VariableTree variable) {
            VarSymbol alias = ASTHelpers.getSymbol(variable);
            if (alias == null || !isThrowable(alias.type)) {
              return !isText(alias == null ? null : alias.type);
            }
            names.add(alias);
            return false;
          } else {
            return !(tree instanceof ExpressionStatementTree
                || tree instanceof BinaryTree
                || tree instanceof InstanceOfTree
                || tree instanceof CompoundAssignmentTree);
          }
        }
        return false;
      }

      private boolean isGiven(MethodInvocationTree call, Tree argument) {
        if (!(ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method)) {
          return true;
        }
        String name = method.getSimpleName().toString();
        if (isText(method.getReturnType())
            || isTelling(method)
            || isThrowable(method.owner.type)
            || (!broad && FAILS_FUTURE.contains(name))) {
          return false;
        }
        TreePath declaration = Occurrences.in(state).declarationOf(method);
        int index = call.getArguments().indexOf(argument);
        if (declaration == null
            || depth == 0
            || method.isVarArgs()
            || index < 0
            || !(declaration.getLeaf() instanceof MethodTree tree)
            || tree.getBody() == null
            || index >= tree.getParameters().size()) {
          return true;
        }
        CaughtInterrupt.this.scan(
            new TreePath(declaration, tree.getBody()),
            ASTHelpers.getSymbol(tree.getParameters().get(index)),
            depth - 1);
        return heard;
      }
    }.scan(code, null);
  }

  /** Whether this mention is part of a log line. */
  private static boolean isTold(TreePath mention) {
    for (TreePath path = mention; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof MethodInvocationTree call
          && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
          && isTelling(method)) {
        return true;
      }
      if (path.getLeaf() instanceof LambdaExpressionTree
          || path.getLeaf() instanceof ExpressionStatementTree) {
        return false;
      }
    }
    return false;
  }

  /** Whether a method writes a log line. */
  static boolean isTelling(MethodSymbol method) {
    return TELLS.matcher(method.getSimpleName()).matches()
        && (LOGGER.matcher(method.owner.getSimpleName()).matches()
            || LOGGER.matcher(method.getSimpleName()).matches());
  }

  private boolean isThrowable(Type type) {
    return type != null
        && !type.isErroneous()
        && ASTHelpers.isSubtype(type, state.getSymtab().throwableType, state);
  }

  private boolean isText(Type type) {
    return type != null && ASTHelpers.isSameType(type, state.getSymtab().stringType, state);
  }

  /** Exceptions that mean an interrupt to whoever catches them, and those that restore it. */
  private boolean carriesSignal(Type type) {
    return isThrowable(type)
        && Supertypes.any(
            type,
            each ->
                SIGNAL.matcher(each.getSimpleName()).matches()
                    || restoringExceptions.contains(each.getQualifiedName().toString()),
            state);
  }
}
