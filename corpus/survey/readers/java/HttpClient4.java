import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.auth.BasicScheme;
import org.apache.http.impl.auth.DigestScheme;
import org.apache.http.impl.auth.RFC2617Scheme;
import org.apache.http.impl.client.TargetAuthenticationStrategy;
import org.apache.http.message.BasicHttpResponse;

class HttpClient4 {
    public static void main(String[] arguments) throws Exception {
        Survey.serve(Survey.version(BasicScheme.class), (value, field, lines, scheme, told) -> {
            HttpResponse response = new BasicHttpResponse(HttpVersion.HTTP_1_1, 401, "Unauthorized");
            lines.forEach(line -> response.addHeader("WWW-Authenticate", line));
            Map<String, Header> challenges = TargetAuthenticationStrategy.INSTANCE.getChallenges(
                    new HttpHost("localhost"), response, HttpClientContext.create());
            Header challenge = challenges.get(scheme);
            if (challenge == null) {
                return;
            }
            RFC2617Scheme taken = scheme.equals("digest") ? new DigestScheme() : new BasicScheme();
            taken.processChallenge(challenge);
            told.give("s", taken.getSchemeName());
            for (String name : new String[] {"realm", "nonce", "opaque", "qop", "algorithm", "charset"}) {
                told.param(name, taken.getParameter(name));
            }
        });
    }
}
