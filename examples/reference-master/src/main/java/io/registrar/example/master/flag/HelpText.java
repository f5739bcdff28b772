package io.registrar.example.master.flag;

import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;

/** What {@code --help} shows: the master's flags, then each storage with its own. */
final class HelpText {
  private static final int WIDTH = 96;
  private static final String INDENT = "      ";

  private final StringBuilder text = new StringBuilder();

  private HelpText() {}

  static String of(StorageCatalog catalog) {
    HelpText help = new HelpText();
    help.paragraph(
        "",
        "Usage: reference-master [--registry=NAME] [--work_dir=PATH] [FLAG=VALUE]...\n\n"
            + "A small real master: agents register over HTTP, and their records survive its"
            + " death.\n");
    help.paragraph(
        "",
        "Each flag can also be given by the environment (--work_dir as REGISTRAR_WORK_DIR) and in"
            + " a flags file; the command line counts first, then the environment, then the file."
            + " Words are joined by _ or -. Durations are written as 500ms, 20secs, 10mins or"
            + " 2weeks.\n");
    MasterFlags.OPTIONS.forEach(help::option);
    help.paragraph("  ", "--help");
    help.paragraph(INDENT, "Show this text.");
    help.text.append("\nStorages on the class path:\n");
    for (StorageProvider provider : catalog.providers()) {
      help.text.append('\n');
      help.paragraph("  ", "--registry=" + provider.name());
      help.paragraph(INDENT, provider.description());
      provider.options().forEach(help::option);
    }
    help.text.append('\n');
    help.paragraph(
        "",
        "Exit status: 0 stopped when asked; 1 a fault in the program; 2 flags that cannot be used;"
            + " 3 cannot begin to lead (work directory, port, storage or registry refused or not reached);"
            + " 4 another master has taken over, or the lease was lost; 5 the outcome of a commit is unknown (start"
            + " again to find out); 6 the storage failed; 7 more agents than"
            + " --recovery_agent_removal_limit allows did not come back.");
    return help.text.toString();
  }

  private void option(StorageOption<?> option) {
    paragraph("  ", option + "=" + option.placeholder());
    paragraph(
        INDENT,
        option.description()
            + option.defaultText().map(value -> " Default: " + value + ".").orElse(""));
  }

  private void paragraph(String indent, String words) {
    for (String line : words.split("\n", -1)) {
      StringBuilder current = new StringBuilder(indent);
      for (String word : line.split(" ")) {
        if (current.length() + word.length() > WIDTH && current.length() > indent.length()) {
          text.append(current.toString().stripTrailing()).append('\n');
          current = new StringBuilder(indent);
        }
        current.append(word).append(' ');
      }
      text.append(current.toString().stripTrailing()).append('\n');
    }
  }
}
