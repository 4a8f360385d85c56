package dev.bowline.testing.junit4;

import dev.bowline.testing.ThreadLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * Fails tests of JUnit 4 that leave threads or tasks behind.
 *
 * <pre>{@code
 * @ClassRule public static final ThreadLeakRule noLeaks = new ThreadLeakRule();
 * }</pre>
 *
 * <p>As a {@code @ClassRule} it looks once, after the {@code @AfterClass} methods; as a
 * {@code @Rule} after each test and its {@code @After} methods. Where a test has other rules that
 * stop threads, this one has to be the outermost.
 *
 * <p>If the test fails by itself nothing is looked for: a test that stops half-way often leaves
 * threads behind. Tests that run in parallel see each other's threads; {@link
 * dev.bowline.testing.NoThreadLeaks} for JUnit Jupiter can tell them apart, this rule can not.
 */
public final class ThreadLeakRule implements TestRule {
  private final List<ThreadLeaks.Option> options;

  /** Makes a rule that looks as {@link ThreadLeaks#find} does with these options. */
  public ThreadLeakRule(ThreadLeaks.Option... options) {
    this.options = List.of(options);
  }

  @Override
  public Statement apply(Statement base, Description description) {
    return new Statement() {
      @Override
      public void evaluate() throws Throwable {
        List<ThreadLeaks.Option> all = new ArrayList<>(options);
        all.add(ThreadLeaks.ignoreCurrent());
        base.evaluate();
        Optional<String> report = ThreadLeaks.find(all.toArray(new ThreadLeaks.Option[0]));
        if (report.isPresent()) {
          throw new AssertionError("After " + description.getDisplayName() + ": " + report.get());
        }
      }
    };
  }
}
