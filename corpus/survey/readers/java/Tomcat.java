import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.http.parser.Authorization;

class Tomcat {
    public static void main(String[] arguments) throws Exception {
        Survey.serve(Survey.version(BasicAuthenticator.class), (value, field, lines, scheme, told) -> {
            if (scheme.equals("basic")) {
                byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
                ByteChunk chunk = new ByteChunk();
                chunk.setBytes(bytes, 0, bytes.length);
                BasicAuthenticator.BasicCredentials taken =
                        new BasicAuthenticator.BasicCredentials(chunk, StandardCharsets.ISO_8859_1, true);
                if (taken.getPassword() != null) {
                    told.give("s", "Basic").give("u", taken.getUsername()).give("p", taken.getPassword());
                }
                return;
            }
            var params = Authorization.parseAuthorizationDigest(new StringReader(value));
            if (params != null) {
                told.give("s", "Digest").params(params);
            }
        });
    }
}
