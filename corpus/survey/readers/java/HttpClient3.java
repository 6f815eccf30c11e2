import java.util.Map;
import org.apache.commons.httpclient.Header;
import org.apache.commons.httpclient.auth.AuthChallengeParser;

class HttpClient3 {
    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        Survey.serve(Survey.version(AuthChallengeParser.class), (value, field, lines, scheme, told) -> {
            Header[] headers = lines.stream().map(line -> new Header("WWW-Authenticate", line)).toArray(Header[]::new);
            Map<String, String> challenges = AuthChallengeParser.parseChallenges(headers);
            for (Map.Entry<String, String> each : challenges.entrySet()) {
                told.give("s", each.getKey());
                if (each.getValue().contains(" ")) {
                    told.params(AuthChallengeParser.extractParams(each.getValue()));
                }
            }
        });
    }
}
