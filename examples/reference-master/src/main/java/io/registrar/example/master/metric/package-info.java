/** What the registrar does, as numbers: the ancestor's names, and those it lacked. */
package io.registrar.example.master.metric;
