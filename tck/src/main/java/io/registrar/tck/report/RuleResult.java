package io.registrar.tck.report;

/**
 * How one test of the kit ended.
 *
 * @param rule the rule's number
 * @param test the test's name
 * @param expects what the rule expects, in a sentence
 * @param detail why it failed, or was not run; empty if it was kept
 * @param millis how long it took
 */
public record RuleResult(
    String rule, String test, String expects, Verdict verdict, String detail, long millis) {}
