package dev.bowline.checks.sharing;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;

/**
 * The second of two calls on the same entry, which relies on what the first one said.
 *
 * @param path a path to the call
 */
record Act(Kind kind, TreePath path) {
  MethodInvocationTree call() {
    return (MethodInvocationTree) path.getLeaf();
  }

  /** What goes wrong when another thread gets in between. */
  enum Kind {
    /** There was nothing; then a put overwrites what the other thread has put. */
    OVERWRITES,
    /** The new value is made from an old one, and the other thread's change is lost. */
    LOSES_CHANGE,
    /** There was something; then the result is null. */
    FINDS_NOTHING
  }
}
