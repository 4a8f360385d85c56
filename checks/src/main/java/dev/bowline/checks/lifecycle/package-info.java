/** Rules on who owns and who ends a thread, an executor, a cancel handle, a permit, a scope. */
package dev.bowline.checks.lifecycle;
