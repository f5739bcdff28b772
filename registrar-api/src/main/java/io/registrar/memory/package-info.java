/** The in-memory twin of a storage: the whole contract but durability, in the fewest lines. */
package io.registrar.memory;
