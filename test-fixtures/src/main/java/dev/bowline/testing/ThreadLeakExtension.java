package dev.bowline.testing;

import org.junit.jupiter.api.extension.Extension;

/** Stand-in; never run. */
public final class ThreadLeakExtension implements Extension {}
