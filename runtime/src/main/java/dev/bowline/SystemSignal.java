package dev.bowline;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.IntConsumer;

/**
 * What {@code sun.misc.Signal} can do. By reflection: its module may be absent, and no option keeps
 * the compiler from warning of it.
 */
final class SystemSignal {
  private SystemSignal() {}

  /**
   * Has the JVM call the handler, each time on a new thread, when the process gets the signal.
   *
   * @param name without {@code SIG}
   * @param handler is given the number of the signal
   * @return puts things back
   * @throws ReflectiveOperationException if the class is absent, the system has no such signal, or
   *     the JVM keeps it to itself; the cause tells which, unless the class is absent
   */
  static Undo handle(String name, IntConsumer handler) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    Object number = signalType.getMethod("getNumber").invoke(signal);
    MethodHandle accept =
        MethodHandles.publicLookup()
            .findVirtual(IntConsumer.class, "accept", MethodType.methodType(void.class, int.class));
    MethodHandle onSignal =
        MethodHandles.dropArguments(
            MethodHandles.insertArguments(accept, 0, handler, number), 0, signalType);
    Method handle = signalType.getMethod("handle", signalType, handlerType);
    Object before =
        handle.invoke(null, signal, MethodHandleProxies.asInterfaceInstance(handlerType, onSignal));
    return () -> handle.invoke(null, signal, before);
  }

  /** Leaves the signal to who handled it before. */
  @FunctionalInterface
  interface Undo {
    void run() throws ReflectiveOperationException;
  }
}
