// Java: Apache HttpClient 5. Change read() to your reader, and begin with an empty list of known differences.
import com.fasterxml.jackson.databind.*;
import java.io.File;
import java.nio.file.*;
import java.util.*;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.core5.http.message.ParserCursor;

class Vectors {
    static List<Object> read(String value) throws Exception {
        List<Object> told = new ArrayList<>();
        for (var each : AuthChallengeParser.INSTANCE.parse(ChallengeType.TARGET, value, new ParserCursor(0, value.length()))) {
            Map<String, String> params = new TreeMap<>();
            if (each.getParams() != null) each.getParams().forEach(param -> params.put(param.getName().toLowerCase(), param.getValue()));
            told.add(Arrays.asList(each.getSchemeName().toLowerCase(), each.getValue(), params));
        }
        return told;
    }

    public static void main(String[] arguments) throws Exception {
        Set<String> known = new HashSet<>(Files.readAllLines(Path.of(System.getenv("KNOWN"))));
        int passed = 0, failed = 0;
        for (JsonNode vector : new ObjectMapper().readTree(new File(System.getenv("VECTORS"), "WWW-Authenticate.rfc9110-recipient.json"))) {
            List<String> lines = new ArrayList<>();
            vector.get("raw").forEach(line -> lines.add(line.asText()));
            List<Object> expected = new ArrayList<>(), told = List.of();
            for (JsonNode each : vector.path("expected")) {
                Map<String, String> params = new TreeMap<>();
                each.get("params").forEach(param -> params.put(param.get(0).asText().toLowerCase(), param.get(1).asText()));
                JsonNode token68 = each.get("token68");
                expected.add(Arrays.asList(each.get("scheme").asText().toLowerCase(), token68.isNull() ? null : token68.asText(), params));
            }
            try {
                told = read(String.join(", ", lines));
            } catch (Exception refused) {
            }
            boolean right = vector.has("must_fail") ? told.isEmpty() : told.equals(expected) || told.isEmpty() && vector.has("can_fail");
            if (right != known.contains(vector.get("name").asText())) passed++;
            else { failed++; System.out.println(vector.get("name").asText() + ": " + told); }
        }
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }
}
