/** Rules on who owns and ends a thread, an executor, or a resource that tasks share. */
package dev.bowline.checks.lifecycle;
