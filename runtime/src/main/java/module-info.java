/** Structured concurrency in a dozen types, without a dependency. */
module dev.bowline {
  exports dev.bowline;

  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
}
