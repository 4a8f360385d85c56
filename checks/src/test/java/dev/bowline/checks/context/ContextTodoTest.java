package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ContextTodoTest {
  private static final String MARKERS =
      "-XepOpt:Bowline:TodoContexts=dev.bowline.fixtures.ConfiguredContext.empty"
          + ",dev.bowline.fixtures.ContextTodoConfigured.House.LATER";

  @Test
  void reportsMarkers() {
    Fixtures.verify(ContextTodo.class, "ContextTodoPositive");
  }

  @Test
  void reportsMarkersInTestCode() {
    Fixtures.verify(ContextTodo.class, "ContextTodoInTest");
  }

  @Test
  void acceptsRootsNamesakesAndContextTypes() {
    Fixtures.verify(ContextTodo.class, "ContextTodoNegative", "ConfiguredContext");
  }

  @Test
  void reportsConfiguredMarkers() {
    Fixtures.verify(ContextTodo.class, "ContextTodoConfigured", "ConfiguredContext", MARKERS);
  }

  /** A marker that is named as a root too is reported once. */
  @Test
  void leavesRootsToTheOtherRule() {
    Fixtures.verifySource(
        RootContextOutsideMain.class,
        "Markers.java",
        """
        class Markers {
          Object house() {
            return House.empty();
          }

          Object ours() {
            return dev.bowline.Context.todo();
          }

          static class House {
            static House empty() {
              return null;
            }
          }
        }
        """,
        "-XepOpt:Bowline:RootContexts=Markers.House.empty",
        "-XepOpt:Bowline:TodoContexts=Markers.House.empty");
  }

  @Test
  void usesTheContextInHandOrARoot() {
    Fixtures.verifyFix(
        ContextTodo.class,
        """
        import static dev.bowline.Context.todo;

        import dev.bowline.Context;

        class Handler {
          boolean handle(Context ctx) {
            return fetch(Context.todo());
          }

          public static void main(String[] args) {
            fetch(Context.todo());
            fetch(todo());
          }

          private static boolean fetch(Context ctx) {
            return ctx.isDone();
          }
        }
        """,
        """
        import static dev.bowline.Context.todo;

        import dev.bowline.Context;

        class Handler {
          boolean handle(Context ctx) {
            return fetch(ctx);
          }

          public static void main(String[] args) {
            fetch(Context.background());
            fetch(Context.background());
          }

          private static boolean fetch(Context ctx) {
            return ctx.isDone();
          }
        }
        """);
  }

  @Test
  void qualifiesTheRootWhereAnotherContextIsImported() {
    Fixtures.verifyFix(
        ContextTodo.class,
        """
        import io.grpc.Context;

        class Program {
          public static void main(String[] args) {
            Context.current();
            dev.bowline.Context.todo().isDone();
          }
        }
        """,
        """
        import io.grpc.Context;

        class Program {
          public static void main(String[] args) {
            Context.current();
            dev.bowline.Context.background().isDone();
          }
        }
        """);
  }

  @Test
  void offersNoFixWithoutAContext() {
    Fixtures.verifyNoFix(
        ContextTodo.class,
        """
        import dev.bowline.Context;

        class Loader {
          boolean load() {
            return Context.todo().isDone();
          }
        }
        """);
  }
}
