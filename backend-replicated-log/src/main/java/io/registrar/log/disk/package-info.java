/** What a replica keeps: files written ahead, each record with its check sum. */
@NullMarked
package io.registrar.log.disk;

import org.jspecify.annotations.NullMarked;
