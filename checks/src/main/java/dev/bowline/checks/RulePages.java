package dev.bowline.checks;

/** Where the pages of the rules are published: every finding ends with a link into them. */
public final class RulePages {
  /** A page's address is this, the name of the rule, and {@code .md}. */
  public static final String URL = "https://github.com/bowline-dev/bowline/blob/main/docs/checks/";

  private RulePages() {}
}
