package dev.bowline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue of limited size between tasks: who sends to a full one waits, which slows producers down
 * to what consumers can do, and who receives from an empty one waits.
 *
 * <p>The side that produces closes it when there is nothing more to come; consumers then receive
 * what is still in it, and after that null:
 *
 * <pre>{@code
 * for (Job job = jobs.receive(ctx); job != null; job = jobs.receive(ctx)) {
 *   run(ctx, job);
 * }
 * }</pre>
 *
 * <p>Messages arrive in the order in which they were sent, and waiting threads are served in the
 * order in which they came. What a thread did before {@code send} is visible after the {@code
 * receive} of that message. All methods may be called from any thread.
 *
 * @param <T> the type of the messages, which may not be null
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public final class Mailbox<T> {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock. Senders wait only while it is full, receivers only while it is empty.
  private final ArrayDeque<T> messages = new ArrayDeque<>();
  private final Set<Waiter<T>> senders = new LinkedHashSet<>();
  private final Set<Waiter<T>> receivers = new LinkedHashSet<>();
  private boolean closed;

  private Mailbox(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Makes an empty mailbox.
   *
   * @param capacity how many messages may be waiting in it
   * @throws IllegalArgumentException if that is less than one
   */
  public static <T> Mailbox<T> bounded(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive, but was " + capacity);
    }
    return new Mailbox<>(capacity);
  }

  /**
   * Puts a message in. Blocks while the mailbox is full. If this throws, the message was not sent,
   * and the thread's interrupt flag is clear.
   *
   * @throws CancelledException if the context has ended, before or during the wait
   * @throws InterruptedException if the thread was interrupted, before or during the wait
   * @throws IllegalStateException if the mailbox is closed, before or during the wait
   */
  public void send(Context ctx, T message) throws InterruptedException {
    Objects.requireNonNull(message, "message");
    ctx.checkBeforeWait();
    Waiter<T> waiter = new Waiter<>(message);
    lock.lock();
    try {
      if (offer(message)) {
        return;
      }
      senders.add(waiter);
    } finally {
      lock.unlock();
    }
    await(ctx, waiter, senders);
    if (!waiter.isGranted()) {
      throw closed();
    }
  }

  /**
   * Puts a message in if there is room for it now. Never blocks.
   *
   * @return whether it was put in
   * @throws IllegalStateException if the mailbox is closed
   */
  public boolean trySend(T message) {
    Objects.requireNonNull(message, "message");
    lock.lock();
    try {
      return offer(message);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the oldest message out. Blocks while the mailbox is empty and not closed. If this throws,
   * no message was taken, and the thread's interrupt flag is clear.
   *
   * @return the message; null if the mailbox is closed and empty, so that none will ever come
   * @throws CancelledException if the context has ended, before or during the wait
   * @throws InterruptedException if the thread was interrupted, before or during the wait
   */
  public @Nullable T receive(Context ctx) throws InterruptedException {
    ctx.checkBeforeWait();
    Waiter<T> waiter = new Waiter<>(null);
    lock.lock();
    try {
      T message = poll();
      if (message != null || closed) {
        return message;
      }
      receivers.add(waiter);
    } finally {
      lock.unlock();
    }
    await(ctx, waiter, receivers);
    return waiter.value();
  }

  /**
   * Takes everything out, including what waiting threads are just sending; those go on. Never
   * blocks. For what is left when its consumers have stopped.
   *
   * @return the messages, oldest first
   */
  public List<T> drain() {
    List<T> all = new ArrayList<>();
    lock.lock();
    try {
      for (T message = poll(); message != null; message = poll()) {
        all.add(message);
      }
    } finally {
      lock.unlock();
    }
    return all;
  }

  /**
   * Ends the sending. Threads that wait in {@link #send} get an {@link IllegalStateException};
   * messages that are already in can still be received, and threads that wait in {@link #receive}
   * get null. Does nothing the second time. Never blocks.
   */
  public void close() {
    lock.lock();
    try {
      closed = true;
      senders.forEach(Waiter::refuse);
      senders.clear();
      receivers.forEach(Waiter::refuse);
      receivers.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the mailbox is closed; there may still be messages in it. */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many messages are in it at this moment, for people who watch. */
  public int size() {
    lock.lock();
    try {
      return messages.size();
    } finally {
      lock.unlock();
    }
  }

  /** For people who debug; the format may change. */
  @Override
  public String toString() {
    return "Mailbox[" + size() + " of " + capacity + (isClosed() ? ", closed]" : "]");
  }

  /** Gives the message to a thread that waits for one, or keeps it; false if it is full. */
  private boolean offer(T message) {
    if (closed) {
      throw closed();
    }
    if (!receivers.isEmpty()) {
      first(receivers).grant(message);
      return true;
    }
    return messages.size() < capacity && messages.add(message);
  }

  /** Takes the oldest message, and lets in what waits for the room. */
  private @Nullable T poll() {
    T message = messages.poll();
    if (!senders.isEmpty()) {
      Waiter<T> sender = first(senders);
      messages.add(Objects.requireNonNull(sender.value()));
      sender.grant(null);
    }
    return message;
  }

  private Waiter<T> first(Set<Waiter<T>> waiters) {
    Iterator<Waiter<T>> inOrder = waiters.iterator();
    Waiter<T> first = inOrder.next();
    inOrder.remove();
    return first;
  }

  /**
   * Waits until another thread has settled it. What was settled before the end of the context or
   * the interrupt reached this thread stays so: a message is neither lost nor sent twice.
   */
  private void await(Context ctx, Waiter<T> waiter, Set<Waiter<T>> queue)
      throws InterruptedException {
    try {
      waiter.await(ctx, this);
    } catch (InterruptedException e) {
      if (leave(waiter, queue)) {
        throw e;
      }
      if (!(e instanceof CancelledException)) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean leave(Waiter<T> waiter, Set<Waiter<T>> queue) {
    lock.lock();
    try {
      return queue.remove(waiter);
    } finally {
      lock.unlock();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the mailbox is closed: nothing more can be sent");
  }
}
