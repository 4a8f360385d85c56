package cases;

import comparison.Handle;
import comparison.Handles;
import java.io.IOException;
import library.Library;
import org.checkerframework.checker.calledmethods.qual.EnsuresCalledMethods;
import org.checkerframework.checker.mustcall.qual.CreatesMustCallFor;
import org.checkerframework.checker.mustcall.qual.InheritableMustCall;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import org.checkerframework.checker.mustcall.qual.Owning;

/** A handle that an object keeps; each class is a case. */
final class Fields {
  void holderClosed() {
    try (Holder holder = new Holder(Handles.open())) {
      Library.work();
    }
  }

  void recordClosed() {
    try (Pair pair = new Pair(Handles.open(), "name")) {
      Library.work();
    }
  }

  @InheritableMustCall("close")
  static final class Holder implements AutoCloseable {
    private final @Owning Handle handle;

    Holder(@Owning Handle handle) {
      this.handle = handle;
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("close")
  record Pair(@Owning Handle handle, String name) implements AutoCloseable {
    // Spelt out, for the checker does not see the annotation on an implicit constructor.
    Pair(@Owning Handle handle, String name) {
      this.handle = handle;
      this.name = name;
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("close")
  static final class OpenedInInitialiser implements AutoCloseable {
    private final @Owning Handle handle = Handles.open();

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("stop")
  static final class OpenedInConstructor {
    private final @Owning Handle handle;

    OpenedInConstructor() {
      handle = Handles.open();
    }

    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    void stop() {
      handle.use();
      handle.close();
    }
  }

  static final class NeverClosed {
    private final @Owning Handle handle = Handles.open(); // leak

    void use() {
      handle.use();
    }
  }

  @InheritableMustCall("close")
  static final class OneOfTwoClosed implements AutoCloseable {
    private final @Owning Handle first = Handles.open();
    private final @Owning Handle second = Handles.open(); // leak

    void use() {
      second.use();
    }

    @Override
    @EnsuresCalledMethods(value = "this.first", methods = "close")
    public void close() {
      first.close();
    }
  }

  @InheritableMustCall("close")
  static final class ConstructorThrows implements AutoCloseable {
    private final @Owning Handle handle;

    ConstructorThrows() throws IOException {
      handle = Handles.open(); // leak
      Library.risky();
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("close")
  static final class ConstructorCleansUp implements AutoCloseable {
    private final @Owning Handle handle;

    ConstructorCleansUp() throws IOException {
      Handle opened = Handles.open();
      try {
        Library.risky();
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      handle = opened;
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("close")
  static final class Replaced implements AutoCloseable {
    private @Owning Handle handle = Handles.open();

    @CreatesMustCallFor("this")
    void replace() {
      handle = Handles.open(); // leak
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("close")
  static final class ReplacedAfterClose implements AutoCloseable {
    private @Owning Handle handle = Handles.open();

    @CreatesMustCallFor("this")
    void replace() {
      handle.close();
      handle = Handles.open();
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle.close();
    }
  }

  @InheritableMustCall("close")
  static final class OpenedWhenNeeded implements AutoCloseable {
    private @Owning Handle handle;

    @CreatesMustCallFor("this")
    @NotOwning
    Handle handle() {
      if (handle == null) {
        handle = Handles.open();
      }
      return handle;
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      if (handle != null) {
        handle.close();
      }
    }
  }

  @InheritableMustCall("close")
  static final class ClosedByGetter implements AutoCloseable {
    private final @Owning Handle handle = Handles.open();

    @NotOwning
    Handle handle() {
      return handle;
    }

    @Override
    @EnsuresCalledMethods(value = "this.handle", methods = "close")
    public void close() {
      handle().close();
    }
  }

  @InheritableMustCall("close")
  static final class ClosedThroughPart implements AutoCloseable {
    private final Part part = new Part();

    @Override
    @EnsuresCalledMethods(value = "this.part.handle", methods = "close")
    public void close() {
      part.handle.close();
    }

    private static final class Part {
      private final @Owning Handle handle = Handles.open();
    }
  }

  static final class ClosedByHook {
    private final @Owning Handle handle = Handles.open();

    void register() {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> handle.close()));
    }
  }
}
