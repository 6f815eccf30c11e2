import java.net.URL;
import java.util.Iterator;
import sun.net.www.HeaderParser;
import sun.net.www.MessageHeader;
import sun.net.www.protocol.http.AuthenticationHeader;
import sun.net.www.protocol.http.HttpCallerInfo;

class Jdk {
    public static void main(String[] arguments) throws Exception {
        Survey.serve(System.getProperty("java.version"), (value, field, lines, scheme, told) -> {
            MessageHeader message = new MessageHeader();
            lines.forEach(line -> message.add("WWW-Authenticate", line));
            HttpCallerInfo caller = new HttpCallerInfo(new URL("http://localhost/"), (java.net.Authenticator) null);
            AuthenticationHeader header = new AuthenticationHeader("WWW-Authenticate", message, caller, true);
            HeaderParser parser = header.headerParser();
            if (!header.isPresent()) {
                return;
            }
            told.give("s", header.scheme());
            int at = 0;
            for (Iterator<String> names = parser.keys(); names.hasNext(); at++) {
                String name = names.next();
                // The first is the scheme.
                if (at > 0) {
                    told.param(name, parser.findValue(name));
                }
            }
        });
    }
}
