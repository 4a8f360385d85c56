package dev.bowline.checks.context;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.fixes.SuggestedFixes.AdditionPosition;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.context.ContextKeys.Use;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;

/** Moves the making of a key into a constant of the class around it. */
final class KeyConstant {
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final ExpressionTree creation;
  private final TreePath host;
  private final VisitorState state;

  private KeyConstant(ExpressionTree creation, TreePath host, VisitorState state) {
    this.creation = creation;
    this.host = host;
    this.state = state;
  }

  /** Whether a key is made with nothing but constants, by which one sees that one key is meant. */
  static boolean hasConstantName(ExpressionTree creation) {
    List<? extends ExpressionTree> arguments = ContextKeys.argumentsOf(creation);
    return !arguments.isEmpty()
        && arguments.stream()
            .allMatch(each -> each instanceof LiteralTree || ASTHelpers.constValue(each) != null);
  }

  /** Whether a field anywhere in the file could be given the same, before other fields are. */
  private static boolean isFromElsewhere(ExpressionTree argument, VisitorState state) {
    if (argument instanceof LiteralTree) {
      return true;
    }
    Symbol symbol = ASTHelpers.getSymbol(argument);
    return symbol instanceof VarSymbol
        && symbol.isStatic()
        && state.getPath().getCompilationUnit().getTypeDecls().stream()
            .noneMatch(type -> symbol.outermostClass().equals(ASTHelpers.getSymbol(type)));
  }

  /** The fix for a method that returns a new key each time. */
  static Optional<SuggestedFix> forAccessor(
      ExpressionTree creation, ContextKeys keys, VisitorState state) {
    return of(creation, state).flatMap(constant -> constant.fixForAll(keys, true));
  }

  /**
   * The fix for a key that is made where it is used. It takes all keys of the class that are made
   * in the same way for the same one, and comes with the first of them.
   */
  static Optional<SuggestedFix> forUse(
      ExpressionTree creation, ContextKeys keys, VisitorState state) {
    return of(creation, state).flatMap(constant -> constant.fixForAll(keys, false));
  }

  private static Optional<KeyConstant> of(ExpressionTree creation, VisitorState state) {
    MethodSymbol method = ContextKeys.methodOf(creation);
    if (!hasConstantName(creation)
        || !ContextKeys.argumentsOf(creation).stream()
            .allMatch(argument -> isFromElsewhere(argument, state))
        || !(method.isStatic() || method.isConstructor())
        || state.findEnclosing(MethodTree.class) == null
        || !isDenotableAnywhere(ASTHelpers.getType(creation))) {
      return Optional.empty();
    }
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof ClassTree type && mayHaveStatics(ASTHelpers.getSymbol(type))) {
        return type.getKind() == Tree.Kind.CLASS
            ? Optional.of(new KeyConstant(creation, path, state))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Before Java 16, classes that need an object around them could not. */
  static boolean mayHaveStatics(ClassSymbol type) {
    return type.getNestingKind() == NestingKind.TOP_LEVEL
        || (type.getNestingKind() == NestingKind.MEMBER && type.isStatic());
  }

  /** Whether a static field can have this type: no type variables, no types without a name. */
  private static boolean isDenotableAnywhere(Type type) {
    if (type == null || type.isErroneous() || !type.hasTag(TypeTag.CLASS) || type.isCompound()) {
      return false;
    }
    NestingKind nesting = ((ClassSymbol) type.tsym).getNestingKind();
    return (nesting == NestingKind.TOP_LEVEL || nesting == NestingKind.MEMBER)
        && type.getTypeArguments().stream().allMatch(KeyConstant::isDenotableAnywhere);
  }

  private Optional<SuggestedFix> fixForAll(ContextKeys keys, boolean shared) {
    List<ExpressionTree> same = new ArrayList<>();
    Set<Use> uses = EnumSet.noneOf(Use.class);
    AtomicBoolean clash = new AtomicBoolean();
    Type type = ASTHelpers.getType(creation);
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        addIfSame(call);
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitNewClass(NewClassTree call, Void unused) {
        addIfSame(call);
        return super.visitNewClass(call, null);
      }

      private void addIfSame(ExpressionTree call) {
        if (isSameKey(call)) {
          Use use = keys.useOf(getCurrentPath(), type.tsym, state);
          if (use != Use.ESCAPES || call == creation) {
            same.add(call);
            uses.add(use);
          }
        } else if (keys.isCreation(call, state)) {
          clash.compareAndSet(false, nameFor(call).equals(nameFor(creation)));
        }
      }
    }.scan(host, null);
    // Replacements of several findings must not meet.
    return same.isEmpty() || same.get(0) != creation
        ? Optional.empty()
        : fix(same, shared || (uses.contains(Use.READ) && uses.contains(Use.WRITE)), clash.get());
  }

  private boolean isSameKey(ExpressionTree other) {
    return Objects.equals(ContextKeys.methodOf(other), ContextKeys.methodOf(creation))
        && argumentsIn(other).equals(argumentsIn(creation))
        && ASTHelpers.isSameType(ASTHelpers.getType(other), ASTHelpers.getType(creation), state);
  }

  private List<String> argumentsIn(ExpressionTree call) {
    return ContextKeys.argumentsOf(call).stream().map(state::getSourceForNode).toList();
  }

  private Optional<SuggestedFix> fix(List<ExpressionTree> same, boolean shared, boolean clash) {
    ClassTree type = (ClassTree) host.getLeaf();
    SuggestedFix.Builder fix = SuggestedFix.builder();
    Optional<String> existing = existing(type);
    Optional<String> name = existing.or(() -> clash ? Optional.empty() : newName());
    if (name.isEmpty()) {
      return Optional.empty();
    }
    same.forEach(each -> fix.replace(each, name.get()));
    if (existing.isEmpty()) {
      String declaration =
          "%sstatic final %s %s = %s;"
              .formatted(
                  shared ? "private " : "",
                  SuggestedFixes.prettyType(state, fix, ASTHelpers.getType(creation)),
                  name.get(),
                  state.getSourceForNode(creation));
      Optional<SuggestedFix> member =
          SuggestedFixes.addMembers(type, state, AdditionPosition.FIRST, List.of(declaration));
      if (member.isEmpty()) {
        return Optional.empty();
      }
      fix.merge(member.get());
    }
    return Optional.of(fix.build());
  }

  /** The constant that the class has for this key already. */
  private Optional<String> existing(ClassTree type) {
    return type.getMembers().stream()
        .filter(
            member ->
                member instanceof VariableTree field
                    && field.getInitializer() != null
                    && ASTHelpers.getSymbol(field).isStatic()
                    && ASTHelpers.getSymbol(field).getModifiers().contains(Modifier.FINAL)
                    && isSameKey(field.getInitializer()))
        .map(member -> ((VariableTree) member).getName().toString())
        .findFirst();
  }

  /** The name of the key as that of a constant, unless something else in sight may be called so. */
  private Optional<String> newName() {
    String name = nameFor(creation);
    return Stream.of(name, name + "_KEY")
        .filter(each -> NAME.matcher(each).matches() && !isTaken(each))
        .findFirst();
  }

  private static String nameFor(ExpressionTree creation) {
    List<? extends ExpressionTree> arguments = ContextKeys.argumentsOf(creation);
    Tree first = arguments.isEmpty() ? null : arguments.get(0);
    Symbol symbol = first == null ? null : ASTHelpers.getSymbol(first);
    String named =
        first instanceof LiteralTree literal && literal.getValue() instanceof String text
            ? text
            : symbol == null ? "" : symbol.getSimpleName().toString();
    String words = NO_WORD.matcher(WORD_START.matcher(named).replaceAll("_")).replaceAll("_");
    return Ascii.toUpperCase(CharMatcher.is('_').trimFrom(words));
  }

  private boolean isTaken(String name) {
    return Pattern.compile("\\b" + name + "\\b").matcher(state.getSourceCode()).find()
        || state
            .getTypes()
            .membersClosure(ASTHelpers.getType(host.getLeaf()), false)
            .getSymbolsByName(state.getName(name))
            .iterator()
            .hasNext();
  }
}
