import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.verapdf.pdfa.validation.validators.ValidatorFactory;

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
    Map<PDFAFlavour, ValidationProfile> profiles = new LinkedHashMap<>();
    for (String wanted : args[0].split(",")) {
      String id = wanted.substring(0, wanted.indexOf('='));
      profiles.put(PDFAFlavour.byFlavourId(id), profile(wanted.substring(id.length() + 1)));
    }
    for (int i = 1; i < args.length; i++) {
      for (ValidationResult result : validate(args[i], profiles)) {
        PDFAFlavour flavour = result.getPDFAFlavour();
        for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
          RuleId rule = failed.getKey();
          Rule known = profiles.get(flavour).getRuleByRuleId(rule);
          String why = known == null ? "" : known.getDescription().replaceAll("\\s+", " ");
          out.printf("rule\t%d\t%s %s-%d (x%d) %s%n",
              i - 1, flavour.getId(), rule.getClause(), rule.getTestNumber(), failed.getValue(), why);
        }
        out.printf("done\t%d\t%s%n", i - 1, flavour.getId());
      }
    }
  }

  /** One walk through the file serves all flavours; a result comes back for each. */
  static List<ValidationResult> validate(String file, Map<PDFAFlavour, ValidationProfile> profiles)
      throws Exception {
    List<PDFAFlavour> flavours = new ArrayList<>(profiles.keySet());
    try (PDFAParser parser =
            Foundries.defaultInstance().createParser(new File(file), flavours.get(0));
        PDFAValidator validator =
            ValidatorFactory.createValidatorByProfiles(
                new ArrayList<>(profiles.values()), -1, false, false, false)) {
      parser.setFlavours(flavours);
      List<ValidationResult> results = validator.validateAll(parser);
      for (ValidationResult result : results) {
        if (result.getTotalAssertions() == 0
            || result.isCompliant() != result.getFailedChecks().isEmpty()) {
          throw new IllegalStateException("no verdict on " + file);
        }
      }
      return results;
    }
  }

  static ValidationProfile profile(String name) throws Exception {
    String path = "org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = VeraCheck.class.getClassLoader().getResourceAsStream(path)) {
      return Profiles.profileFromXml(in);
    }
  }
}
