/** How replicas and clients reach one another. */
@NullMarked
package io.registrar.log.net;

import org.jspecify.annotations.NullMarked;
