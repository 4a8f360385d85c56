package dev.bowline.checks.model;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where one file uses its variables, and where it declares its methods: one scan for all rules. */
public final class Occurrences {
  private static final Supplier<Occurrences[]> NEWEST =
      VisitorState.memoize(state -> new Occurrences[1]);

  private final CompilationUnitTree file;
  private final ListMultimap<VarSymbol, TreePath> uses = ArrayListMultimap.create();
  private final ListMultimap<VarSymbol, TreePath> values = ArrayListMultimap.create();
  private final ListMultimap<MethodSymbol, TreePath> mentions = ArrayListMultimap.create();
  private final Map<MethodSymbol, TreePath> methods = new HashMap<>();
  private final Map<ClassSymbol, ClassTree> classes = new HashMap<>();

  private Occurrences(CompilationUnitTree file) {
    this.file = file;
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        add(tree);
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        add(tree);
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        classes.put(ASTHelpers.getSymbol(tree), tree);
        return super.visitClass(tree, null);
      }

      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        methods.put(ASTHelpers.getSymbol(tree), getCurrentPath());
        return super.visitMethod(tree, null);
      }

      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        addValue(ASTHelpers.getSymbol(tree), tree.getInitializer());
        return super.visitVariable(tree, null);
      }

      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        addValue(ASTHelpers.getSymbol(tree.getVariable()), tree.getExpression());
        return super.visitAssignment(tree, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
        add(tree);
        return super.visitMemberReference(tree, null);
      }

      private void add(Tree tree) {
        Symbol symbol = ASTHelpers.getSymbol(tree);
        if (symbol instanceof MethodSymbol method) {
          mentions.put(method, getCurrentPath());
        } else if (symbol instanceof VarSymbol variable && !isThis(variable)) {
          uses.put(variable, getCurrentPath());
        }
      }

      private void addValue(Symbol symbol, ExpressionTree value) {
        if (value != null && symbol instanceof VarSymbol variable) {
          values.put(variable, new TreePath(getCurrentPath(), value));
        }
      }
    }.scan(file, null);
  }

  /** Those of the file at hand. Only the newest file's are kept. */
  public static Occurrences in(VisitorState state) {
    Occurrences[] newest = NEWEST.get(state);
    CompilationUnitTree file = state.getPath().getCompilationUnit();
    if (newest[0] == null || newest[0].file != file) {
      newest[0] = new Occurrences(file);
    }
    return newest[0];
  }

  /** Paths to the identifiers and selections that name this variable. */
  public List<TreePath> of(VarSymbol variable) {
    return uses.get(variable);
  }

  /** Paths to the initialisers and to what is assigned to this variable. */
  public List<TreePath> valuesOf(VarSymbol variable) {
    return values.get(variable);
  }

  /** The initialisers and what is assigned to this variable. */
  public List<ExpressionTree> expressionsGivenTo(VarSymbol variable) {
    return values.get(variable).stream().map(path -> (ExpressionTree) path.getLeaf()).toList();
  }

  /** Paths to the names of this method in calls and method references. */
  public List<TreePath> of(MethodSymbol method) {
    return mentions.get(method);
  }

  /** The declaration of this class; null where another file has it. */
  public ClassTree declarationOf(ClassSymbol type) {
    return classes.get(type);
  }

  /** A path to the declaration of this method; null where another file has it. */
  public TreePath declarationOf(MethodSymbol method) {
    return methods.get(method);
  }

  /** Whether this is {@code this}, {@code super} or {@code Outer.this}. */
  public static boolean isThis(Symbol symbol) {
    return symbol instanceof VarSymbol
        && (symbol.getSimpleName().contentEquals("this")
            || symbol.getSimpleName().contentEquals("super"));
  }
}
