package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.CompletionFailure;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import com.sun.tools.javac.util.Name;
import java.util.List;
import java.util.Optional;

/**
 * Where code lets an {@code InterruptedException} out. Our own {@code CancelledException} does not
 * count: whoever catches it finds its context ended, so that signal cannot get lost.
 */
public final class InterruptSource extends OwnCodeScanner {
  private static final Supplier<Name> CLOSE = VisitorState.memoize(state -> state.getName("close"));

  private static final String CANCELLED = "dev.bowline.CancelledException";

  private final VisitorState state;
  private String name;
  private Tree tree;

  private InterruptSource(VisitorState state) {
    this.state = state;
  }

  /** The first that lets it out of this code; empty where there is none. */
  public static Optional<InterruptSource> in(Tree code, VisitorState state) {
    InterruptSource source = new InterruptSource(state);
    source.scan(code, null);
    return source.tree == null ? Optional.empty() : Optional.of(source);
  }

  /** The same for what the catches of this statement may receive: its body and its resources. */
  public static Optional<InterruptSource> inBodyOf(TryTree attempt, VisitorState state) {
    InterruptSource source = new InterruptSource(state);
    source.scanBody(attempt);
    return source.tree == null ? Optional.empty() : Optional.of(source);
  }

  /** The name of the method or class that declares it. */
  public String name() {
    return name;
  }

  /** The call, the creation, the throw or the resource. */
  public Tree tree() {
    return tree;
  }

  /** Whether a catch of this type takes every {@code InterruptedException}. */
  public static boolean isCaughtBy(Tree type, VisitorState state) {
    return alternatives(type).stream()
        .anyMatch(each -> isAtOrAbove(ASTHelpers.getType(each), state));
  }

  /** The types of a union, or the one type. */
  public static List<? extends Tree> alternatives(Tree type) {
    return type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
  }

  /** Whether this is {@code InterruptedException} or an exception above it. */
  public static boolean isAtOrAbove(Type type, VisitorState state) {
    return type != null
        && !type.isErroneous()
        && ASTHelpers.isSubtype(state.getSymtab().interruptedExceptionType, type, state);
  }

  /** Whether this is {@code InterruptedException} or one of its subtypes. */
  public static boolean isInterrupt(Type type, VisitorState state) {
    return type != null
        && !type.isErroneous()
        && ASTHelpers.isSubtype(type, state.getSymtab().interruptedExceptionType, state);
  }

  @Override
  public Void scan(Tree tree, Void unused) {
    return this.tree == null ? super.scan(tree, null) : null;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
    super.visitMethodInvocation(call, null);
    Type type = ASTHelpers.getType(call.getMethodSelect());
    Symbol method = ASTHelpers.getSymbol(call.getMethodSelect());
    // The type of the call knows what a type variable in the throws clause stands for.
    add(type == null ? List.of() : type.getThrownTypes(), method, call);
    return null;
  }

  @Override
  public Void visitNewClass(NewClassTree creation, Void unused) {
    // An anonymous class is code of its own, but not what its creation is given.
    scan(creation.getEnclosingExpression(), null);
    scan(creation.getArguments(), null);
    // Error Prone's way to ask throws where the code has errors.
    if (((JCNewClass) creation).constructor instanceof MethodSymbol constructor) {
      add(constructor.getThrownTypes(), constructor.owner, creation);
    }
    return null;
  }

  @Override
  public Void visitThrow(ThrowTree tree, Void unused) {
    super.visitThrow(tree, null);
    if (isInterrupt(ASTHelpers.getType(tree.getExpression()), state)) {
      add(List.of(ASTHelpers.getType(tree.getExpression())), null, tree);
    }
    return null;
  }

  @Override
  public Void visitTry(TryTree attempt, Void unused) {
    if (attempt.getCatches().stream()
        .noneMatch(each -> isCaughtBy(each.getParameter().getType(), state))) {
      scanBody(attempt);
    }
    for (CatchTree each : attempt.getCatches()) {
      scan(each.getBlock(), null);
    }
    return scan(attempt.getFinallyBlock(), null);
  }

  private void scanBody(TryTree attempt) {
    scan(attempt.getBlock(), null);
    for (Tree resource : attempt.getResources()) {
      scan(resource, null);
      addClose(ASTHelpers.getType(resource), resource);
    }
  }

  private void addClose(Type resource, Tree by) {
    if (resource == null || resource.isErroneous() || resource.tsym == null) {
      return;
    }
    MethodSymbol close = null;
    try {
      for (Symbol each :
          state.getTypes().membersClosure(resource, false).getSymbolsByName(CLOSE.get(state))) {
        if (each instanceof MethodSymbol method
            && method.getParameters().isEmpty()
            && (close == null || method.owner.isSubClass(close.owner, state.getTypes()))) {
          close = method;
        }
      }
    } catch (CompletionFailure missing) {
      // A supertype that this compilation can do without is not on the class path.
    }
    if (close != null) {
      add(close.getThrownTypes(), close, by);
    }
  }

  private void add(List<? extends Type> thrown, Symbol by, Tree at) {
    for (Type type : thrown) {
      if (tree == null
          && isInterrupt(type, state)
          && !type.tsym.getQualifiedName().contentEquals(CANCELLED)) {
        name = by == null ? "throw" : by.getSimpleName().toString();
        tree = at;
      }
    }
  }
}
