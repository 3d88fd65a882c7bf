import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Validates every file against every flavour: VeraCheck ua1=PDFUA-1,2a=PDFA-2A FILE...
 *
 * <p>Prints one line for each failed rule, "rule TAB file number TAB text", and one line "done TAB file
 * number TAB flavour" for each validation that ran to its end. Anything that stops a validation ends
 * the program with a stack trace and a code other than 0, so silence never means a pass.
 */
public class VeraCheck {
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    for (String wanted : args[0].split(",")) {
      String id = wanted.substring(0, wanted.indexOf('='));
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
      ValidationProfile profile = profile(wanted.substring(id.length() + 1));
      for (int i = 1; i < args.length; i++) {
        for (Map.Entry<RuleId, Integer> failed : validate(args[i], flavour, profile).entrySet()) {
          RuleId rule = failed.getKey();
          Rule known = profile.getRuleByRuleId(rule);
          String why = known == null ? "" : known.getDescription().replaceAll("\\s+", " ");
          out.printf("rule\t%d\t%s %s-%d (x%d) %s%n",
              i - 1, id, rule.getClause(), rule.getTestNumber(), failed.getValue(), why);
        }
        out.printf("done\t%d\t%s%n", i - 1, id);
      }
    }
  }

  static Map<RuleId, Integer> validate(String file, PDFAFlavour flavour, ValidationProfile profile)
      throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      if (result.getTotalAssertions() == 0 || result.isCompliant() != result.getFailedChecks().isEmpty()) {
        throw new IllegalStateException("no verdict on " + file);
      }
      return result.getFailedChecks();
    }
  }

  static ValidationProfile profile(String name) throws Exception {
    String path = "org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = VeraCheck.class.getClassLoader().getResourceAsStream(path)) {
      return Profiles.profileFromXml(in);
    }
  }
}
