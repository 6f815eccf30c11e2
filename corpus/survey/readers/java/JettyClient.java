import org.eclipse.jetty.client.AuthenticationProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.api.Authentication.HeaderInfo;

class JettyClient {
    static final class Handler extends WWWAuthenticationProtocolHandler {
        Handler() {
            super(new HttpClient());
        }

        java.util.List<HeaderInfo> infos(String value) {
            return getHeaderInfo(value);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Handler handler = new Handler();
        Survey.serve(Survey.version(AuthenticationProtocolHandler.class), (value, field, lines, scheme, told) -> {
            for (HeaderInfo each : handler.infos(value)) {
                told.give("s", each.getType()).give("t", each.getBase64()).params(each.getParameters());
            }
        });
    }
}
