package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;

/** Where one file uses a method or constructor. */
public final class MethodUses {
  private final ImmutableList<TreePath> calls;
  private final boolean referenced;

  private MethodUses(ImmutableList<TreePath> calls, boolean referenced) {
    this.calls = calls;
    this.referenced = referenced;
  }

  /** The uses of this method in this file. */
  public static MethodUses in(CompilationUnitTree file, MethodSymbol method) {
    ImmutableList.Builder<TreePath> calls = ImmutableList.builder();
    boolean[] referenced = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        addIfCall(call);
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitNewClass(NewClassTree creation, Void unused) {
        addIfCall(creation);
        return super.visitNewClass(creation, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        referenced[0] |= method.equals(ASTHelpers.getSymbol(reference));
        return super.visitMemberReference(reference, null);
      }

      private void addIfCall(Tree tree) {
        if (method.equals(ASTHelpers.getSymbol(tree))) {
          calls.add(getCurrentPath());
        }
      }
    }.scan(file, null);
    return new MethodUses(calls.build(), referenced[0]);
  }

  /** Paths to the calls, and to the creations by a constructor, in the order of the file. */
  public ImmutableList<TreePath> calls() {
    return calls;
  }

  /** Whether a method reference names it: then a functional interface decides its signature. */
  public boolean isReferenced() {
    return referenced;
  }
}
