/** Rules on contexts: how they travel, where they start, and what must not keep them. */
package dev.bowline.checks.context;
