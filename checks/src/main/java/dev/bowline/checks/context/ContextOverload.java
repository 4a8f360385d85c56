package dev.bowline.checks.context;

import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;

/**
 * An overload that takes exactly a context more than the method that is called.
 *
 * @param position where it takes the context among its parameters
 * @param context the type of that parameter
 */
record ContextOverload(MethodSymbol method, int position, Type context) {}
