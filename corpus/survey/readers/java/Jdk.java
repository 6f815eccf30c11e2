import java.net.URL;
import java.util.LinkedHashSet;
import java.util.Set;
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
            Set<String> names = new LinkedHashSet<>();
            parser.keys().forEachRemaining(names::add);
            // The first is the scheme. Of a repeated name the parser finds the first.
            names.stream().skip(1).forEach(name -> told.param(name, parser.findValue(name)));
        });
    }
}
