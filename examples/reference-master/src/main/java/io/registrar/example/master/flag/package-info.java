/** What the master is told at its start: on the command line, in the environment, in a file. */
package io.registrar.example.master.flag;
