<<<<<<< HEAD
/** Rules on who owns and who ends a thread, an executor, a cancel handle, a permit, a scope. */
=======
/** Rules on who owns and ends a thread, an executor, or a resource that tasks share. */
>>>>>>> shutdown-rules
package dev.bowline.checks.lifecycle;
