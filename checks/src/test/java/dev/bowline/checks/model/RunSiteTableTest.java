package dev.bowline.checks.model;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.util.JavacTask;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table against the libraries that it speaks of, so that no typing error can hide. */
final class RunSiteTableTest {
  /** What no library on the class path of the tests has. */
  private static final ImmutableSet<String> NOT_AT_HAND =
      ImmutableSet.of(
          "android.os.AsyncTask#execute",
          "android.os.Handler#post*",
          "android.view.View#post*",
          "dev.bowline.Context#call",
          "jakarta.servlet.AsyncContext#start",
          "javafx.application.Platform#runLater",
          "javax.servlet.AsyncContext#start",
          "org.apache.hadoop.security.UserGroupInformation#doAs");

  /** What a JDK before 25 does not have. */
  private static final ImmutableSet<String> NEWER =
      ImmutableSet.of(
          "java.lang.ScopedValue.Carrier#call",
          "java.lang.ScopedValue.Carrier#run",
          "java.lang.Thread#startVirtualThread",
          "java.lang.Thread.Builder#start",
          "java.lang.Thread.Builder#unstarted",
          "java.lang.Thread.Builder#uncaughtExceptionHandler",
          "java.util.concurrent.StructuredTaskScope#fork",
          "javax.security.auth.Subject#callAs");

  private static final boolean OLD_JDK = Runtime.version().feature() < 25;

  private final Elements elements =
      ((JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, null, List.of("-proc:none"), List.of("Object"), null))
          .getElements();

  @TestFactory
  Stream<DynamicTest> everyEntryNamesAMethodOfItsType() {
    return Stream.of(
            RunSiteTable.HERE,
            RunSiteTable.ELSEWHERE,
            RunSiteTable.EITHER,
            RunSiteTable.DIRECT_EXECUTORS)
        .flatMap(ImmutableList::stream)
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry,
                    () ->
                        assertThat(namesMethod(entry))
                            .isEqualTo(
                                !NOT_AT_HAND.contains(entry)
                                    && !(OLD_JDK && NEWER.contains(entry)))));
  }

  private boolean namesMethod(String entry) {
    int hash = entry.indexOf('#');
    String name = entry.substring(hash + 1);
    TypeElement type = elements.getTypeElement(entry.substring(0, hash));
    return type != null
        && type.getEnclosedElements().stream()
            .filter(member -> member.getKind().name().matches("METHOD|CONSTRUCTOR"))
            .map(member -> member.getSimpleName().toString())
            .anyMatch(
                name.endsWith("*")
                    ? member -> member.startsWith(name.substring(0, name.length() - 1))
                    : name::equals);
  }

  @Test
  void executorsThatAreDirectByTypeExist() {
    RunSiteTable.DIRECT_EXECUTOR_TYPES.forEach(
        type -> assertWithMessage(type).that(elements.getTypeElement(type)).isNotNull());
  }

  @Test
  void noEntryIsInTwoLists() {
    assertThat(RunSiteTable.HERE).containsNoDuplicates();
    assertThat(RunSiteTable.ELSEWHERE).containsNoDuplicates();
    assertThat(RunSiteTable.HERE).containsNoneIn(RunSiteTable.ELSEWHERE);
    assertThat(RunSiteTable.HERE).containsNoneIn(RunSiteTable.EITHER);
    assertThat(RunSiteTable.ELSEWHERE).containsNoneIn(RunSiteTable.EITHER);
  }

  @Test
  void exceptionsFromTheseTestsAreNeeded() {
    ImmutableSet<String> all =
        Stream.of(RunSiteTable.HERE, RunSiteTable.ELSEWHERE)
            .flatMap(ImmutableList::stream)
            .collect(ImmutableSet.toImmutableSet());
    assertThat(all).containsAtLeastElementsIn(NOT_AT_HAND);
    assertThat(all).containsAtLeastElementsIn(NEWER);
  }
}
