package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a certificate says whom it speaks for: the DNS names {@code member-1} and so on. */
final class MemberNames {
  private static final int DNS = 2;
  private static final Pattern NAME = Pattern.compile("member-([1-9][0-9]{0,4})");
  private static final int LARGEST = 65_535;

  private MemberNames() {}

  static String nameOf(MemberId member) {
    return "member-" + member.value();
  }

  /** The members that a certificate names; none for a client's, and none if it is malformed. */
  static Set<MemberId> of(X509Certificate certificate) {
    Set<MemberId> members = new TreeSet<>();
    for (List<?> name : alternativeNames(certificate)) {
      if (Integer.valueOf(DNS).equals(name.get(0))) {
        Matcher match = NAME.matcher(name.get(1).toString().toLowerCase(Locale.ROOT));
        if (match.matches() && Integer.parseInt(match.group(1)) <= LARGEST) {
          members.add(new MemberId(Integer.parseInt(match.group(1))));
        }
      }
    }
    return members;
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      // What cannot be read names nobody, and is refused for that.
      return List.of();
    }
  }
}
