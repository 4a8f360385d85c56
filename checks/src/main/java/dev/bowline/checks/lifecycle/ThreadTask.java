package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.ElementKind;

/**
 * What a thread runs, as far as its file shows: the expression that makes the thread, and the
 * classes, methods and variables of the file that this leads to.
 */
final class ThreadTask {
  private static final int DEPTH = 3;

  private static final ImmutableSet<String> SIGNALS =
      ImmutableSet.of(
          "java.util.concurrent.CountDownLatch",
          "java.util.concurrent.Future",
          "java.util.concurrent.atomic.AtomicBoolean");

  private final Occurrences occurrences;
  private final Set<Tree> trees = new LinkedHashSet<>();
  private final Set<Symbol> mentioned = new HashSet<>();
  private final Set<Call> calls = new HashSet<>();

  private ThreadTask(Occurrences occurrences) {
    this.occurrences = occurrences;
  }

  /** The task of the thread that the call at hand starts. */
  static ThreadTask of(MethodInvocationTree start, VisitorState state) {
    ThreadTask task = new ThreadTask(Occurrences.in(state));
    ExpressionTree receiver = ASTHelpers.getReceiver(start);
    start.getArguments().forEach(argument -> task.add(argument, 0));
    if (receiver != null && ASTHelpers.getSymbol(receiver) instanceof VarSymbol thread) {
      task.occurrences.valuesOf(thread).forEach(value -> task.add(value.getLeaf(), 0));
    } else if (receiver != null) {
      task.add(receiver, 0);
    }
    return task;
  }

  /** Whether the thread is given an object that a field keeps for other files to use, and stop. */
  boolean isKeptInSight() {
    return trees.stream()
        .filter(NewClassTree.class::isInstance)
        .flatMap(creation -> ((NewClassTree) creation).getArguments().stream())
        .map(ASTHelpers::getSymbol)
        .anyMatch(
            given ->
                given != null
                    && given.getKind() == ElementKind.FIELD
                    && !given.isPrivate()
                    && !given.isStatic()
                    && !given.getSimpleName().contentEquals("this")
                    && !given.type.tsym.getQualifiedName().contentEquals("java.lang.String"));
  }

  /**
   * Whether the task looks at a signal that its starter was given: who gave it can end the task.
   */
  boolean hasSignalOfCaller(VisitorState state) {
    return mentioned.stream()
        .anyMatch(
            symbol ->
                symbol != null
                    && symbol.getKind() == ElementKind.PARAMETER
                    && symbol.type.hasTag(TypeTag.CLASS)
                    && Supertypes.any(
                        symbol.type,
                        type -> SIGNALS.contains(type.getQualifiedName().toString()),
                        state));
  }

  /** The variables and methods that the task names. */
  boolean mentions(Symbol symbol) {
    return mentioned.contains(symbol);
  }

  /**
   * A method that code calls or refers to.
   *
   * @param receiver the variable that it is called on; null for anything else
   */
  record Call(MethodSymbol method, VarSymbol receiver) {
    static Call of(MethodInvocationTree call) {
      return new Call(ASTHelpers.getSymbol(call), variable(ASTHelpers.getReceiver(call)));
    }

    static Call of(MemberReferenceTree reference) {
      return new Call(
          ASTHelpers.getSymbol(reference), variable(reference.getQualifierExpression()));
    }

    private static VarSymbol variable(ExpressionTree receiver) {
      return receiver != null && ASTHelpers.getSymbol(receiver) instanceof VarSymbol variable
          ? variable
          : null;
    }

    String name() {
      return method.getSimpleName().toString();
    }
  }

  /** The methods that the task calls or refers to. */
  Set<Call> calls() {
    return calls;
  }

  /** Whether this code is part of the task. */
  boolean contains(TreePath path) {
    for (Tree tree : path) {
      if (trees.contains(tree)) {
        return true;
      }
    }
    return false;
  }

  private void add(Tree tree, int depth) {
    if (tree == null || depth > DEPTH || !trees.add(tree)) {
      return;
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitNewClass(NewClassTree creation, Void unused) {
        if (ASTHelpers.getSymbol(creation.getIdentifier()) instanceof ClassSymbol type) {
          add(occurrences.declarationOf(type), depth + 1);
        }
        return super.visitNewClass(creation, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        addMethod(Call.of(call));
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        addMethod(Call.of(reference));
        return super.visitMemberReference(reference, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree identifier, Void unused) {
        Symbol symbol = ASTHelpers.getSymbol(identifier);
        if (symbol instanceof VarSymbol variable) {
          if (identifier.getName().contentEquals("this") && depth == 0) {
            // new Thread(this)
            add(runOf((ClassSymbol) variable.owner), depth + 1);
          } else if (depth < 2) {
            occurrences.valuesOf(variable).forEach(value -> add(value.getLeaf(), depth + 1));
          }
        }
        mentioned.add(symbol);
        return null;
      }

      @Override
      public Void visitMemberSelect(com.sun.source.tree.MemberSelectTree select, Void unused) {
        mentioned.add(ASTHelpers.getSymbol(select));
        return super.visitMemberSelect(select, null);
      }

      private void addMethod(Call call) {
        calls.add(call);
        TreePath declaration = occurrences.declarationOf(call.method());
        if (declaration != null) {
          add(declaration.getLeaf(), depth + 1);
        }
      }
    }.scan(tree, null);
  }

  private Tree runOf(ClassSymbol type) {
    ClassTree declaration = occurrences.declarationOf(type);
    if (declaration == null) {
      return null;
    }
    return declaration.getMembers().stream()
        .filter(
            member ->
                member instanceof MethodTree method
                    && method.getName().contentEquals("run")
                    && method.getParameters().isEmpty())
        .findFirst()
        .orElse(null);
  }
}
