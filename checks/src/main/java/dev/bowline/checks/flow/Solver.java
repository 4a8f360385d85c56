package dev.bowline.checks.flow;

import com.sun.source.tree.Tree;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.errorprone.dataflow.analysis.ForwardAnalysisImpl;
import org.checkerframework.errorprone.dataflow.analysis.TransferInput;
import org.checkerframework.errorprone.dataflow.analysis.TransferResult;
import org.checkerframework.errorprone.dataflow.analysis.UnusedAbstractValue;
import org.checkerframework.errorprone.dataflow.cfg.block.Block;
import org.checkerframework.errorprone.dataflow.cfg.block.ExceptionBlock;
import org.checkerframework.errorprone.dataflow.cfg.block.RegularBlock;
import org.checkerframework.errorprone.dataflow.cfg.node.MethodInvocationNode;
import org.checkerframework.errorprone.dataflow.cfg.node.Node;
import org.checkerframework.errorprone.dataflow.cfg.node.ObjectCreationNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ReturnNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ThrowNode;

/** The library's solver, which here also knows how it came to a result. */
final class Solver extends ForwardAnalysisImpl<UnusedAbstractValue, Facts, OwedTransfer> {
  Solver(OwedTransfer transfer) {
    super(transfer);
  }

  /** Without this, every fact would get out of a left side that throws. */
  @Override
  protected TransferResult<UnusedAbstractValue, Facts> callTransferFunction(
      Node node, TransferInput<UnusedAbstractValue, Facts> input) {
    return node.isLValue()
        ? getTransferFunction().visitNode(node, input)
        : super.callTransferFunction(node, input);
  }

  /**
   * How a path ends that leaves this owed, the nearest one to the exit.
   *
   * @param exit where the fact still holds
   */
  PathEnd endOf(Fact fact, Block exit) {
    if (fact.places().isEmpty() && fact.lostAt() != null) {
      return new PathEnd(PathEnd.Kind.OVERWRITTEN, fact.lostAt());
    }
    if (fact.places().stream().allMatch(place -> place.root() instanceof Tree)) {
      return new PathEnd(PathEnd.Kind.DROPPED, null);
    }
    Set<Block> seen = new HashSet<>();
    ArrayDeque<Block> open = new ArrayDeque<>(List.of(exit));
    while (!open.isEmpty()) {
      Block next = open.remove();
      for (Block before : next.getPredecessors()) {
        if (getInput(before) == null || !leads(fact, before, next)) {
          continue;
        }
        PathEnd end = wayOut(before, next);
        if (end != null) {
          return end;
        }
        if (seen.add(before)) {
          open.add(before);
        }
      }
    }
    return new PathEnd(PathEnd.Kind.END, null);
  }

  /** Whether the fact gets from one block to the next one. */
  private boolean leads(Fact fact, Block before, Block next) {
    TransferInput<UnusedAbstractValue, Facts> input = getInput(before);
    if (before instanceof RegularBlock regular) {
      for (Node node : regular.getNodes()) {
        input = new TransferInput<>(node, this, callTransferFunction(node, input));
      }
    } else if (before instanceof ExceptionBlock exceptional) {
      TransferResult<UnusedAbstractValue, Facts> result =
          callTransferFunction(exceptional.getNode(), input);
      return (exceptional.getSuccessor() == next && holds(fact, result.getRegularStore()))
          || exceptional.getExceptionalSuccessors().entrySet().stream()
              .anyMatch(
                  edge ->
                      edge.getValue().contains(next)
                          && holds(fact, result.getExceptionalStore(edge.getKey())));
    }
    return holds(fact, input.getRegularStore());
  }

  private static boolean holds(Fact fact, Facts facts) {
    return facts.stream()
        .anyMatch(each -> each.creation() == fact.creation() && each.begin() == fact.begin());
  }

  /** How a path ends that takes this step; null if it goes on. */
  private static PathEnd wayOut(Block block, Block next) {
    if (block instanceof RegularBlock regular) {
      for (Node node : regular.getNodes()) {
        if (node instanceof ReturnNode) {
          return new PathEnd(PathEnd.Kind.RETURN, node.getTree());
        }
      }
      return null;
    }
    if (!(block instanceof ExceptionBlock exceptional) || exceptional.getSuccessor() == next) {
      return null;
    }
    Node node = exceptional.getNode();
    if (node instanceof ThrowNode) {
      return new PathEnd(PathEnd.Kind.THROW, node.getTree());
    }
    return (node instanceof MethodInvocationNode || node instanceof ObjectCreationNode)
            && node.getTree() != null
        ? new PathEnd(PathEnd.Kind.CALL_THROWS, node.getTree())
        : null;
  }
}
