package dev.bowline;

import java.util.Collection;
import java.util.List;

/** Stand-in with the signatures that the fixtures need; never run. */
public final class Patterns {
  private Patterns() {}

  public static <A, B> List<B> map(
      Context ctx, String name, int limit, Collection<A> inputs, Fn<A, B> each) {
    return List.of();
  }

  public static <A> void forEach(
      Context ctx, String name, int limit, Iterable<A> inputs, Each<A> each) {}

  /** Stand-in. */
  @FunctionalInterface
  public interface Fn<A, B> {
    B apply(Context ctx, A input) throws Exception;
  }

  /** Stand-in. */
  @FunctionalInterface
  public interface Each<A> {
    void accept(Context ctx, A input) throws Exception;
  }
}
