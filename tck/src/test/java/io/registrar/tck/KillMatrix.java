package io.registrar.tck;

import io.registrar.tck.plain.PlainStorageProvider;
import java.util.ArrayList;
import java.util.List;

/** Which broken storage is rejected by which rule, and the odd ones that are accepted. */
final class KillMatrix {
  private static final List<Row> ROWS = new ArrayList<>();

  /**
   * One broken storage.
   *
   * @param fault its fault, in the words of one who explains it
   */
  record Row(String rule, Class<? extends PlainStorageProvider> storage, String fault) {}

  static {
    add("1.1", BrokenRecords.FoldsCase.class, "keys are compared without their case");
    add("1.1", BrokenRecords.NormalisesUnicode.class, "keys are normalised (NFC)");
    add("1.1", BrokenRecords.TrimsKeys.class, "spaces at a key's end are lost (a CHAR column)");
    add("1.1", BrokenRecords.DeletesByPrefix.class, "/ is a path: a/b is deleted with a");
    add("1.1", BrokenBatches.KeepsKeysInAscii.class, "bytes from 0x80 on become ?");
    add("1.1", BrokenBatches.CutsLongKeys.class, "keys are cut at 255 characters");
    add("1.2", BrokenRecords.TakesEmptyForAbsent.class, "an empty value is read as absent");
    add("1.2", BrokenRecords.CutsLongValues.class, "values are cut at 64 KiB");
    add("1.2", BrokenBatches.LosesLargeValues.class, "values from 200 KiB on are lost silently");
    add("1.2", BrokenBatches.KeepsValuesAsText.class, "bytes go through a text on their way");
    add("1.3", BrokenRecords.WritesBeforeItChecksLimits.class, "limits are checked after a write");
    add("1.3", BrokenOutcomes.BurnsAVersionOnARefusal.class, "a refused batch uses up a version");
    add("1.4", BrokenRecords.KeepsTheCallersArray.class, "the caller's array is stored uncopied");
    add("1.4", BrokenRecords.HandsOutItsOwnArrays.class, "the stored array is handed out");
    add("2.1", BrokenRecords.AppliesKeyByKey.class, "a batch is applied key by key");
    add("2.1", BrokenRecords.MislabelsTheHeader.class, "long headers are cut");
    add("2.1", BrokenBatches.SplitsLargeBatches.class, "more than 1,000 keys are two transactions");
    add("2.1", BrokenBatches.MovesTheHeadFirst.class, "the head moves before the records do");
    add("2.2", BrokenSessions.AcknowledgesBeforeItIsDurable.class, "written soon, told at once");
    add("2.2", BrokenLives.NeverSyncs.class, "the sync option is never set");
    add("2.3", BrokenSessions.CountsVersionsInMemory.class, "versions begin anew after a restart");
    add("2.3", BrokenOutcomes.TakesVersionsFromTheClock.class, "the version is the clock's time");
    add("2.3", BrokenOutcomes.CallsTheSameBytesNoCommit.class, "same bytes are not a commit");
    add("2.4", BrokenBatches.TakesFewerKeysThanItSays.class, "1,000 keys at most, 4,000 declared");
    add("2.5", BrokenRecords.IgnoresDeletes.class, "deletes are ignored");
    add("2.5", BrokenBatches.FailsToDeleteTheAbsent.class, "deleting an absent key fails");
    add("3.1", BrokenSessions.KeepsTheFenceInMemory.class, "the epoch is written with a commit");
    add("3.1", BrokenSessions.IgnoresTheFloor.class, "the floor is ignored");
    add("3.1", BrokenOutcomes.KnowsItsOwnerAgain.class, "the same owner gets the same epoch");
    add("3.2", BrokenSessions.LetsTheFencedCommit.class, "nobody looks at the epoch");
    add("3.2", BrokenSessions.ChecksTheFenceBeforeTheWrite.class, "checked, then written later");
    add("3.2", BrokenSessions.ChecksTheFenceInItsOwnProcess.class, "only its own process counts");
    add("3.3", BrokenSessions.ForgivesTheFenced.class, "every fourth call of the fenced passes");
    add("3.4", BrokenSessions.GivesOneEpochTwice.class, "two acquires read the same epoch");
    add("3.4", BrokenSessions.ChecksTheFenceInItsOwnProcess.class, "only its own process counts");
    add("3.5", BrokenSessions.ConfirmsByCommitting.class, "confirm uses up a version");
    add("3.5", BrokenOutcomes.ConfirmsWithoutAsking.class, "confirm always says yes");
    add("4.1", BrokenOutcomes.AcquiresOneCommitBehind.class, "the state before the last commit");
    add("4.2", BrokenRecords.ReadsFromItsOwnMemory.class, "a cache, stale after another process");
    add("4.2", BrokenSessions.ReadFences.class, "read raises the epoch");
    add("4.2", BrokenRecords.ReadsOneCommitBehind.class, "read is one commit behind");
    add("4.2", BrokenRecords.ListsOnePage.class, "listings end at 10,000 records");
    add("4.2", BrokenOutcomes.ReadsUntilNobodyCommits.class, "read waits until nobody commits");
    add("4.3", BrokenRecords.SnapshotsAreLive.class, "a snapshot shows later commits");
    add("5.2", BrokenSessions.CallsAnInterruptedCommitFailed.class, "applied, but told as failed");
    add("5.2", BrokenOutcomes.TakesItsOwnCommitForAnothers.class, "repeats, and meets itself");
    add("5.2", BrokenOutcomes.SwallowsTheInterrupt.class, "the interrupt's flag is lost");
    add("5.3", BrokenOutcomes.GoesOnAfterUnknown.class, "the session goes on after unknown");
    add("5.3", BrokenOutcomes.LandsAfterTheFence.class, "what was unknown lands after the fence");
    add("5.4", BrokenOutcomes.WaitsWithoutATimeout.class, "waits for ever, or for 6 seconds");
    add("6.1", BrokenSessions.ServesAfterClose.class, "a closed storage goes on");
    add("6.1", BrokenLives.AcknowledgesAfterClose.class, "told as committed after close");
    add("6.1", BrokenLives.ClosesTheNextOne.class, "a second close gives up the next one's lock");
    add("6.2", BrokenLives.DeletesComeBack.class, "deletes are undone by a restart");
    add("6.2", BrokenLives.ForgetsTheHeader.class, "the header is lost by a restart");
    add("6.3", BrokenLives.TakesNoLock.class, "a second process is let in");
    add("6.3", BrokenLives.NamesNoHolder.class, "the refusal does not tell who holds it");
    add("6.4", BrokenSessions.LeaksAThread.class, "a thread is left at each close");
    add("6.4", BrokenLives.LeaksAFile.class, "a file is left open at each close");
    add("6.5", BrokenSessions.FoldsRegistryNames.class, "a.b and a_b are one registry");
    add("6.5", BrokenLives.FoldsTheCaseOfRegistries.class, "a and A are one registry");
    add("7.1", BrokenLives.CrashesOverDamage.class, "damage is an unchecked exception");
    add("7.2", BrokenLives.TakesAnotherFormatForNothing.class, "another format counts as empty");
    add("7.3", BrokenSessions.SwallowsTheErrorsOfTheDisk.class, "errors of the disk are logged");
    add("9.1", BrokenChanges.SkipsAChange.class, "one of seven changes is not told");
    add("9.1", BrokenChanges.TellsAChangeTwice.class, "one of seven changes is told again");
    add("9.1", BrokenChanges.TellsTheLatestFirst.class, "of changes that wait, the latest is told");
    add("9.1", BrokenChanges.TellsBeforeItIsDurable.class, "told first, and written then");
    add("9.1", BrokenChanges.TellsWhatIsRefused.class, "told before the fence is checked");
    add("9.2", BrokenChanges.LeavesAGap.class, "begins with the oldest change that is kept");
    add("9.2", BrokenChanges.ForgetsItAllUnsaid.class, "changes of earlier processes are skipped");
    add("9.2", BrokenChanges.WaitsForWhatIsBeyond.class, "waits for a version that is not there");
    add("9.2", BrokenChanges.GoesOnAfterTheSnapshot.class, "says so once, and goes on with a gap");
    add("10", BrokenSessions.HasNoElectionAndDoesNotSaySo.class, "an unchecked refusal");
    add(
        "10",
        BrokenLives.LetsItsCapabilitiesBeChanged.class,
        "callers may change what it declares");
    add("H", BrokenSessions.LetsTheFencedCommit.class, "nobody looks at the epoch");
    add("H", BrokenRecords.ReadsOneCommitBehind.class, "read is one commit behind");
    add("H", BrokenOutcomes.LandsAfterTheFence.class, "what was unknown lands after the fence");
    add("H", BrokenSessions.AcknowledgesBeforeItIsDurable.class, "written soon, told at once");
    add("H", BrokenRecords.IgnoresDeletes.class, "deletes are ignored");
  }

  private KillMatrix() {}

  static List<Row> rows() {
    return List.copyOf(ROWS);
  }

  private static void add(
      String rule, Class<? extends PlainStorageProvider> storage, String fault) {
    ROWS.add(new Row(rule, storage, fault));
  }

  /** The table of docs/kill-matrix.md. */
  static String markdown() {
    StringBuilder table =
        new StringBuilder("| rule | broken storage | what is broken |\n|---|---|---|\n");
    for (Row row : ROWS) {
      table
          .append("| ")
          .append(row.rule)
          .append(" | `")
          .append(row.storage.getSimpleName())
          .append("` | ")
          .append(row.fault)
          .append(" |\n");
    }
    return table.toString();
  }
}
