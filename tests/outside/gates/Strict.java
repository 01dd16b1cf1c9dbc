import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads FHIR R4 files with HAPI's strict parser and prints one line for each: OK or FAIL, and why. */
public final class Strict {
    public static void main(String[] files) throws Exception {
        IParser parser = FhirContext.forR4().newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());
        for (String file : files) {
            String text = Files.readString(Path.of(file));
            try {
                String again = parser.encodeResourceToString(parser.parseResource(text));
                System.out.println("OK\t" + file + "\t" + again);
            } catch (Exception problem) {
                System.out.println("FAIL\t" + file + "\t" + String.valueOf(problem.getMessage()).replaceAll("\\s+", " "));
            }
        }
    }
}
