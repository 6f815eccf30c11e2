import okhttp3.Challenge;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.internal.Internal;
import okhttp3.internal.http.HttpHeaders;

class OkHttp {
    public static void main(String[] arguments) throws Exception {
        new OkHttpClient();
        Survey.serve(Survey.version(Challenge.class), (value, field, lines, scheme, told) -> {
            Headers.Builder headers = new Headers.Builder();
            lines.forEach(line -> Internal.instance.addLenient(headers, "WWW-Authenticate", line));
            for (Challenge each : HttpHeaders.parseChallenges(headers.build(), "WWW-Authenticate")) {
                // A token68 is the value of the parameter without a name.
                told.give("s", each.scheme()).give("t", each.authParams().get(null)).params(each.authParams());
            }
        });
    }
}
