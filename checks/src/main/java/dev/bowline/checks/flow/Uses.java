package dev.bowline.checks.flow;

import static dev.bowline.checks.flow.Use.HANDED_ON;
import static dev.bowline.checks.flow.Use.MET;
import static dev.bowline.checks.flow.Use.RETURNED;
import static dev.bowline.checks.flow.Use.USED;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Judges what code does with a value, from where the value stands in it. */
final class Uses {
  /** How many calls deep a helper of the same file is looked into. */
  private static final int HELPER_DEPTH = 3;

  /** They give back what they are given. */
  private static final MethodTable PASS_THROUGH =
      MethodTable.of(
          ImmutableList.of(
              "java.util.Objects#requireNonNull*",
              "com.google.common.base.Preconditions#checkNotNull",
              "com.google.common.base.MoreObjects#firstNonNull",
              "com.google.common.base.Verify#verifyNotNull",
              "java.lang.Class#cast"));

  /** They look at a value, and keep nothing. */
  private static final MethodTable LOOKS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.String#valueOf",
              "java.lang.String#format",
              "java.lang.StringBuilder#append",
              "java.lang.System#identityHashCode",
              "java.io.PrintStream#print*",
              "java.util.Objects#equals",
              "java.util.Objects#hash*",
              "java.util.Objects#isNull",
              "java.util.Objects#nonNull",
              "java.util.Objects#toString",
              "java.util.logging.Logger#*",
              "org.slf4j.Logger#*",
              "org.apache.logging.log4j.Logger#*",
              "org.junit.Assert#*",
              "org.junit.jupiter.api.Assertions#*"));

  private final Obligation obligation;
  private final VisitorState state;
  private final Occurrences occurrences;

  Uses(Obligation obligation, VisitorState state) {
    this.obligation = obligation;
    this.state = state;
    this.occurrences = Occurrences.in(state);
  }

  /**
   * What becomes of the value that this path ends at.
   *
   * @param value a path to an identifier, a selection, a call or a creation
   * @param onField whether a field is what keeps the value
   */
  Use of(TreePath value, boolean onField) {
    return of(value, onField, 0);
  }

  private Use of(TreePath value, boolean onField, int depth) {
    Tree tree = value.getLeaf();
    TreePath parentPath = value.getParentPath();
    Tree parent = parentPath.getLeaf();
    if (parent instanceof ParenthesizedTree || parent instanceof TypeCastTree) {
      return of(parentPath, onField, depth);
    }
    if (parent instanceof ConditionalExpressionTree choice) {
      return choice.getCondition() == tree ? USED : of(parentPath, onField, depth);
    }
    if (parent instanceof YieldTree || parent instanceof CaseTree) {
      return ofSwitchArm(parentPath, onField, depth);
    }
    if (parent instanceof VariableTree variable) {
      return ofInitialiser(variable, parentPath);
    }
    if (parent instanceof AssignmentTree assignment) {
      if (assignment.getVariable() != tree) {
        return ofAssigned(assignment, parentPath, onField, depth);
      }
      // The left side of a = b = c has the value that goes on to a.
      return isStatement(parentPath) ? USED : of(parentPath, onField, depth);
    }
    if (parent instanceof MemberSelectTree) {
      return ofReceiver(parentPath, onField, depth);
    }
    if (parent instanceof MemberReferenceTree reference) {
      // Whoever has the reference calls it later, as the methods of a class do with its fields.
      return ofMethodOn(ASTHelpers.getSymbol(reference), true);
    }
    if (parent instanceof MethodInvocationTree call) {
      return ofArgument(
          ASTHelpers.getSymbol(call),
          call.getArguments().indexOf(tree),
          parentPath,
          onField,
          depth);
    }
    if (parent instanceof NewClassTree creation) {
      return creation.getEnclosingExpression() == tree
          ? USED
          : ofArgument(
              ASTHelpers.getSymbol(creation),
              creation.getArguments().indexOf(tree),
              parentPath,
              onField,
              depth);
    }
    if (parent instanceof ReturnTree) {
      MethodTree method = Callers.methodAround(parentPath);
      return method != null && isAnnotated(ASTHelpers.getSymbol(method), "NotOwning")
          ? ofLent(ASTHelpers.getSymbol(method), onField, depth)
          : RETURNED;
    }
    if (parent instanceof LambdaExpressionTree lambda) {
      return returnsNothing(lambda) ? USED : RETURNED;
    }
    if (parent instanceof TryTree) {
      // try (handle)
      return obligation.isMetByClosing() ? MET : USED;
    }
    if (parent instanceof InstanceOfTree) {
      return USED;
    }
    boolean looksOnly =
        parent instanceof ExpressionStatementTree
            || parent instanceof BinaryTree
            || parent instanceof UnaryTree
            || parent instanceof CompoundAssignmentTree
            || parent instanceof SynchronizedTree
            || parent instanceof SwitchTree
            || parent instanceof SwitchExpressionTree
            || parent instanceof EnhancedForLoopTree
            || parent instanceof IfTree
            || parent instanceof WhileLoopTree
            || parent instanceof DoWhileLoopTree
            || parent instanceof ForLoopTree;
    return looksOnly ? USED : HANDED_ON;
  }

  /** What the file does with what a method returns and its caller does not own. */
  private Use ofLent(MethodSymbol getter, boolean onField, int depth) {
    boolean met =
        depth < HELPER_DEPTH
            && occurrences.of(getter).stream()
                .map(Callers::whole)
                .filter(call -> call.getLeaf() instanceof MethodInvocationTree)
                .anyMatch(call -> of(call, onField, depth + 1).kind() == Use.Kind.MET);
    return met ? MET : USED;
  }

  private Use ofSwitchArm(TreePath arm, boolean onField, int depth) {
    for (TreePath path = arm; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof SwitchExpressionTree) {
        return of(path, onField, depth);
      }
      if (path.getLeaf() instanceof SwitchTree) {
        return USED;
      }
    }
    return HANDED_ON;
  }

  private Use ofInitialiser(VariableTree variable, TreePath path) {
    if (path.getParentPath().getLeaf() instanceof TryTree && obligation.isMetByClosing()) {
      return MET;
    }
    return Use.given(ASTHelpers.getSymbol(variable));
  }

  private Use ofAssigned(AssignmentTree assignment, TreePath path, boolean onField, int depth) {
    if (!isStatement(path)) {
      // foo(handle = create()), a = b = create()
      Use ofValue = of(path, onField, depth);
      if (ofValue.ends()) {
        return ofValue;
      }
    }
    ExpressionTree target = assignment.getVariable();
    boolean isVariable =
        target instanceof IdentifierTree
            || (target instanceof MemberSelectTree select
                && (ASTHelpers.getSymbol(select).isStatic()
                    || Occurrences.isThis(ASTHelpers.getSymbol(select.getExpression()))));
    return isVariable && ASTHelpers.getSymbol(target) instanceof VarSymbol variable
        ? Use.given(variable)
        : HANDED_ON;
  }

  private static boolean isStatement(TreePath assignment) {
    return assignment.getParentPath().getLeaf() instanceof ExpressionStatementTree;
  }

  private Use ofReceiver(TreePath select, boolean onField, int depth) {
    TreePath parent = select.getParentPath();
    if (!(parent.getLeaf() instanceof MethodInvocationTree call)
        || call.getMethodSelect() != select.getLeaf()) {
      return USED;
    }
    MethodSymbol method = ASTHelpers.getSymbol(call);
    Use use = ofMethodOn(method, onField);
    if (use.ends() || !returnsItsReceiver(method)) {
      return use;
    }
    return of(parent, onField, depth);
  }

  private Use ofMethodOn(MethodSymbol method, boolean onField) {
    boolean met =
        onField ? obligation.isMetOnFieldBy(method, state) : obligation.isMetBy(method, state);
    return met ? MET : USED;
  }

  /** Fluent methods: what they return has the very type that they are called on. */
  boolean returnsItsReceiver(MethodSymbol method) {
    return !method.isStatic()
        && !method.getParameters().isEmpty()
        && ASTHelpers.isSameType(method.getReturnType(), method.owner.type, state);
  }

  private Use ofArgument(
      MethodSymbol method, int index, TreePath call, boolean onField, int depth) {
    if (index < 0) {
      return USED;
    }
    if (PASS_THROUGH.contains(method, state) || obligation.isWrappedBy(method, state)) {
      return of(call, onField, depth);
    }
    if (LOOKS.contains(method, state) || obligation.isMerelyUsedBy(method, state)) {
      return USED;
    }
    VarSymbol parameter = parameter(method, index);
    if (parameter == null || isAnnotated(parameter, "Owning")) {
      return HANDED_ON;
    }
    if (isAnnotated(parameter, "NotOwning")) {
      return USED;
    }
    Use inHelper = ofParameter(method, index, depth + 1);
    return inHelper.kind() == Use.Kind.RETURNED ? of(call, onField, depth) : inHelper;
  }

  private static VarSymbol parameter(MethodSymbol method, int index) {
    return index < method.getParameters().size() && !method.isVarArgs()
        ? method.getParameters().get(index)
        : null;
  }

  /** By simple name, so that those of the Checker Framework and others serve, too. */
  static boolean isAnnotated(Symbol symbol, String annotation) {
    return symbol.getRawAttributes().stream()
            .anyMatch(present -> present.type.tsym.getSimpleName().contentEquals(annotation))
        || symbol.getRawTypeAttributes().stream()
            .anyMatch(present -> present.type.tsym.getSimpleName().contentEquals(annotation));
  }

  private Use ofParameter(MethodSymbol method, int index, int depth) {
    TreePath declaration = occurrences.declarationOf(method);
    if (depth > HELPER_DEPTH
        || declaration == null
        || isOverridable(method)
        || isOfRecord(method)
        || ((MethodTree) declaration.getLeaf()).getBody() == null) {
      return HANDED_ON;
    }
    VariableTree parameter = ((MethodTree) declaration.getLeaf()).getParameters().get(index);
    return ofVariable(ASTHelpers.getSymbol(parameter), depth);
  }

  /** The compiler writes what a record's constructor does with its parameters. */
  private static boolean isOfRecord(MethodSymbol method) {
    return method.isConstructor() && method.enclClass().getKind() == ElementKind.RECORD;
  }

  private static boolean isOverridable(MethodSymbol method) {
    return !method.isStatic()
        && !method.isPrivate()
        && !method.isConstructor()
        && !method.getModifiers().contains(Modifier.FINAL)
        && !method.enclClass().getModifiers().contains(Modifier.FINAL);
  }

  /** What the code of this file does with a variable's value, all occurrences taken together. */
  Use ofVariable(VarSymbol variable) {
    return ofVariable(variable, 0);
  }

  private Use ofVariable(VarSymbol variable, int depth) {
    Set<VarSymbol> seen = new HashSet<>();
    List<VarSymbol> open = new ArrayList<>();
    open.add(variable);
    Use strongest = USED;
    while (!open.isEmpty()) {
      VarSymbol next = open.remove(open.size() - 1);
      if (!seen.add(next)) {
        continue;
      }
      for (TreePath occurrence : occurrences.of(next)) {
        Use use = of(occurrence, Place.isField(variable), depth);
        if (use.kind() == Use.Kind.MET) {
          return MET;
        }
        if (use.kind() == Use.Kind.ALIAS) {
          open.add(use.variable());
        } else if (use.ends() && strongest.kind() != Use.Kind.HANDED_ON) {
          strongest = use.kind() == Use.Kind.FIELD ? HANDED_ON : use;
        }
        if (boundBy(occurrence) != null) {
          open.add(boundBy(occurrence));
        }
      }
    }
    return strongest;
  }

  /** The pattern variable that an {@code instanceof} gives this value to; null for none. */
  static VarSymbol boundBy(TreePath value) {
    TreePath path = value.getParentPath();
    while (path.getLeaf() instanceof ParenthesizedTree) {
      path = path.getParentPath();
    }
    return path.getLeaf() instanceof InstanceOfTree test
            && test.getPattern() instanceof com.sun.source.tree.BindingPatternTree binding
        ? ASTHelpers.getSymbol(binding.getVariable())
        : null;
  }

  private boolean returnsNothing(LambdaExpressionTree lambda) {
    com.sun.tools.javac.code.Type type = ASTHelpers.getType(lambda);
    if (type == null || !type.hasTag(TypeTag.CLASS) || type.isErroneous()) {
      return false;
    }
    return state.getTypes().findDescriptorType(type).getReturnType().hasTag(TypeTag.VOID);
  }

  /** Whether the value of this call is that of its argument at this index. */
  boolean givesBack(MethodInvocationTree call, int index) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    return PASS_THROUGH.contains(method, state)
        || obligation.isWrappedBy(method, state)
        || (parameter(method, index) != null
            && ofParameter(method, index, 1).kind() == Use.Kind.RETURNED);
  }
}
