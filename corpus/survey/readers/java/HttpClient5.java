import java.util.List;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.core5.http.message.ParserCursor;

class HttpClient5 {
    public static void main(String[] arguments) throws Exception {
        AuthChallengeParser parser = AuthChallengeParser.INSTANCE;
        Survey.serve(Survey.version(AuthChallengeParser.class), (value, field, lines, scheme, told) -> {
            List<AuthChallenge> challenges = parser.parse(ChallengeType.TARGET, value, new ParserCursor(0, value.length()));
            for (AuthChallenge each : challenges) {
                told.give("s", each.getSchemeName()).give("t", each.getValue());
                if (each.getParams() != null) {
                    each.getParams().forEach(param -> told.param(param.getName(), param.getValue()));
                }
            }
        });
    }
}
