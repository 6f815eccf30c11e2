import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.ServletRequest;
import org.eclipse.jetty.security.ConstraintMapping;
import org.eclipse.jetty.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.DigestAuthenticator;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.UserIdentity;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.util.log.Log;
import org.eclipse.jetty.util.log.StdErrLog;
import org.eclipse.jetty.util.security.Constraint;

class JettyServer {
    private static String user;
    private static Object credentials;

    private static UserIdentity keep(String username, Object given) {
        user = username;
        credentials = given;
        return null;
    }

    static final class Basic extends BasicAuthenticator {
        @Override
        public UserIdentity login(String username, Object password, ServletRequest request) {
            return keep(username, password);
        }
    }

    static final class Digest extends DigestAuthenticator {
        /** Finds every nonce, as if the server had given it. */
        Digest() throws Exception {
            Class<?> type = Class.forName(DigestAuthenticator.class.getName() + "$Nonce");
            Constructor<?> make = type.getDeclaredConstructor(String.class, long.class, int.class);
            make.setAccessible(true);
            Field map = DigestAuthenticator.class.getDeclaredField("_nonceMap");
            map.setAccessible(true);
            map.set(this, new ConcurrentHashMap<String, Object>() {
                @Override
                public Object get(Object nonce) {
                    try {
                        return make.newInstance(nonce, System.currentTimeMillis(), getMaxNonceCount());
                    } catch (ReflectiveOperationException problem) {
                        throw new IllegalStateException(problem);
                    }
                }
            });
        }

        @Override
        public UserIdentity login(String username, Object digest, ServletRequest request) {
            return keep(username, digest);
        }
    }

    private static LocalConnector server(LoginAuthenticator authenticator) throws Exception {
        ConstraintMapping everything = new ConstraintMapping();
        everything.setPathSpec("/*");
        everything.setConstraint(new Constraint(authenticator.getAuthMethod(), Constraint.ANY_AUTH));
        everything.getConstraint().setAuthenticate(true);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.addConstraintMapping(everything);
        security.setAuthenticator(authenticator);
        HashLoginService nobody = new HashLoginService("x");
        nobody.setUserStore(new UserStore());
        security.setLoginService(nobody);
        security.setHandler(new DefaultHandler());
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(1 << 17);
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server, new HttpConnectionFactory(configuration));
        server.addConnector(connector);
        server.setHandler(security);
        server.start();
        return connector;
    }

    private static String of(String name) throws ReflectiveOperationException {
        Field field = credentials.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return (String) field.get(credentials);
    }

    public static void main(String[] arguments) throws Exception {
        StdErrLog log = new StdErrLog();
        log.setLevel(StdErrLog.LEVEL_OFF);
        Log.setLog(log);
        LocalConnector basic = server(new Basic()), digest = server(new Digest());
        Survey.serve(Server.getVersion(), (value, field, lines, scheme, told) -> {
            credentials = null;
            String request = "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: " + value + "\r\nConnection: close\r\n\r\n";
            boolean isBasic = scheme.equals("basic");
            (isBasic ? basic : digest).getResponse(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            if (credentials == null) {
                return;
            }
            told.give("s", isBasic ? "Basic" : "Digest");
            if (isBasic) {
                told.give("u", user).give("p", (String) credentials);
                return;
            }
            for (String name : new String[] {"username", "realm", "nonce", "uri", "response"}) {
                told.param(name, of(name));
            }
            // What is not there is empty.
            for (String name : new String[] {"nc", "cnonce", "qop"}) {
                told.param(name, of(name).isEmpty() ? null : of(name));
            }
        });
    }
}
