import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints, for each file, PASS and the number of checks, or FAIL and the broken rules of PDF/UA-1 (or of -Dflavour=3a). */
public class CheckUa1 {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(System.getProperty("flavour", "ua1"));
        for (String file : files) {
            try (InputStream stream = new FileInputStream(file);
                 PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                 PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                StringBuilder said = new StringBuilder(result.isCompliant() ? "PASS " : "FAIL ");
                said.append(result.getTotalAssertions());
                for (TestAssertion broken : result.getTestAssertions()) {
                    said.append("; ").append(broken.getRuleId().getClause()).append(": ").append(broken.getMessage());
                }
                System.out.println(said);
            }
        }
    }
}
