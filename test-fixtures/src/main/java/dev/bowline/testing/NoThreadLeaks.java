package dev.bowline.testing;

/** Stand-in for the detector's annotation, which is in a module that is built after the checks. */
public @interface NoThreadLeaks {}
