/** The kit's report: a page, JSON and Markdown. */
package io.registrar.tck.report;
