import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runner protocol 2 for readers in Java: see corpus/survey/README.md. */
final class Survey {
    /** What a reader took: give() adds a part, "s", "t", "n", "v", "u" or "p"; null is none. */
    static final class Told {
        final StringBuilder words = new StringBuilder();

        Told give(String kind, String text) {
            if (text != null) {
                words.append(' ').append(kind).append(':');
                for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
                    words.append(String.format("%02x", each));
                }
            }
            return this;
        }

        Told param(String name, String value) {
            return name == null || value == null ? this : give("n", name).give("v", value);
        }

        Told params(Map<String, String> params) {
            params.forEach(this::param);
            return this;
        }
    }

    interface Reader {
        void read(String value, String field, List<String> lines, String scheme, Told told) throws Exception;
    }

    /** The version in the name of the file that a class is from: Debian has name.jar and name-VERSION.jar. */
    static String version(Class<?> type) throws Exception {
        File file = new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        Pattern named = Pattern.compile(Pattern.quote(file.getName().replace(".jar", "")) + "-(\\d[0-9A-Za-z.]*)\\.jar");
        for (String each : file.getParentFile().list()) {
            Matcher version = named.matcher(each);
            if (version.matches()) {
                return version.group(1);
            }
        }
        return type.getPackage().getImplementationVersion();
    }

    static String text(String hex) {
        if (hex.equals("-")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < hex.length(); at += 2) {
            text.append((char) Integer.parseInt(hex.substring(at, at + 2), 16));
        }
        return text.toString();
    }

    static void serve(String version, Reader reader) throws Exception {
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "US-ASCII");
        System.setOut(System.err);
        output.println("protocol 2 " + version);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = input.readLine()) != null; ) {
            String[] words = line.split(" ");
            List<String> lines = new ArrayList<>();
            for (String each : words[3].split(",")) {
                lines.add(text(each));
            }
            Told told = new Told();
            String refusal = "";
            try {
                reader.read(String.join(", ", lines), words[1], lines, words[2], told);
            } catch (Exception | StackOverflowError problem) {
                told = new Told();
                refusal = " " + problem.getClass().getSimpleName();
            }
            output.println(words[0] + (told.words.length() > 0 ? " read" + told.words : " refused" + refusal));
        }
    }
}
