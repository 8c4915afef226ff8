import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What Java makes of bodies, by Gson, Jackson and the JDK themselves. Prints what wrong_code.py prints. */
public class WrongCode {
    private static final String KEY = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
    private static final String CHALLENGE = "challenge_063f9ab0f106cc06b7d06e7945b4eced";
    private static final List<Map<String, String>> CASES = new ArrayList<>();
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static byte[] mac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) text.append(String.format("%02x", each));
        return text.toString();
    }

    private static void add(String id, String subject, String message, String received) {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("id", id);
        one.put("subject", subject);
        one.put("key", KEY);
        one.put("message", message);
        one.put("received", received);
        CASES.add(one);
    }

    private static void signed(String id, String body, byte[] hashed) throws Exception {
        add(id, "body", body, hex(mac(utf8(KEY), hashed)));
    }

    /** A body that comes out as it went in is no mistake. */
    private static void signed(String id, String body, String hashed) throws Exception {
        if (!hashed.equals(body)) signed(id, body, utf8(hashed));
    }

    private static void answered(String id, String received) {
        add(id, "challenge", CHALLENGE, received);
    }

    private static void writtenAgain(String body) throws Exception {
        Gson gson = new Gson();
        Gson plain = new GsonBuilder().disableHtmlEscaping().create();
        signed("body-as-gson", body, gson.toJson(JsonParser.parseString(body)));
        signed("body-as-gson", body, JsonParser.parseString(body).toString());
        signed("body-as-gson-map", body, gson.toJson(gson.fromJson(body, Map.class)));
        signed("body-as-gson-map", body, plain.toJson(gson.fromJson(body, Map.class)));
        Map<?, ?> map = JACKSON.readValue(body, Map.class);
        signed("body-as-jackson", body, JACKSON.writeValueAsString(JACKSON.readTree(body)));
        signed("body-as-jackson", body, JACKSON.writeValueAsString(map));
        signed("body-as-jackson", body, JACKSON.readTree(body).toString());
        signed("body-printed-by-java", body, map.toString());
        ObjectMapper without = new ObjectMapper();
        without.setDefaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
        signed("body-without-nulls", body, without.writeValueAsString(map));
    }

    private static void charsets(String body) throws Exception {
        signed("body-in-latin1", body, body.getBytes(StandardCharsets.ISO_8859_1));
        signed("body-characters-lost", body, body.getBytes(StandardCharsets.US_ASCII));
        signed("body-characters-lost", body, new String(utf8(body), StandardCharsets.US_ASCII));
        signed("body-read-as-latin1", body, new String(utf8(body), StandardCharsets.ISO_8859_1));
        signed("message-in-utf16", body, body.getBytes(StandardCharsets.UTF_16));
        signed("message-in-utf16", body, body.getBytes(StandardCharsets.UTF_16BE));
        signed("body-cut-by-characters", body, Arrays.copyOf(utf8(body), body.length()));
        signed("message-in-base64", body, Base64.getEncoder().encodeToString(utf8(body)));
        String euro = "{\"price\":\"5 \u20ac\"}";
        signed("body-read-as-latin1", euro, new String(utf8(euro), Charset.forName("windows-1252")));
        String lines = "{\r\n \"a\": 1,\r\n \"b\": 2\r\n}";
        signed("body-lines-joined", lines, String.join("", lines.lines().toList()));
    }

    private static void challenges() throws Exception {
        byte[] right = mac(utf8(KEY), utf8(CHALLENGE));
        answered("base64", Base64.getEncoder().encodeToString(right));
        answered("upper-case", hex(right).toUpperCase());
        answered("byte-list", Arrays.toString(right));
        answered("raw-bytes", new String(right, StandardCharsets.ISO_8859_1));
        int seed = 0;
        while (!hex(mac(utf8(KEY), utf8("" + seed))).startsWith("0")) ++seed;
        byte[] small = mac(utf8(KEY), utf8("" + seed));
        add("zeros-dropped", "challenge", "" + seed, new BigInteger(1, small).toString(16));
        answered("absent-challenge", hex(mac(utf8(KEY), utf8(String.valueOf((Object) null)))));
        answered("no-key", hex(mac(utf8(String.valueOf(System.getenv("NO_SUCH_VARIABLE"))), utf8(CHALLENGE))));
        answered("unkeyed-sha256", hex(MessageDigest.getInstance("SHA-256").digest(utf8(CHALLENGE))));
        answered("unkeyed-md5", hex(MessageDigest.getInstance("MD5").digest(utf8(CHALLENGE))));
        answered("key-and-message-swapped", hex(mac(utf8(CHALLENGE), utf8(KEY))));
        answered("key-in-utf16", hex(mac(KEY.getBytes(StandardCharsets.UTF_16), utf8(CHALLENGE))));
        answered("challenge-object", hex(mac(utf8(KEY), utf8(Map.of("challenge", CHALLENGE).toString()))));
    }

    public static void main(String[] arguments) throws Exception {
        String awkward = Files.readString(Path.of(arguments[0]));
        writtenAgain(awkward);
        for (String number : List.of("0.001", "0.00099", "1e7", "9999999.5", "1e6", "-0.0", "12345678901234567890",
                                     "-1.50", "1.5e25", "12345678.9", "0.1")) {
            writtenAgain("{\"z\":1.0,\"value\":" + number
                         + ",\"url\":\"a/b?c&d=<e>'\",\"none\":null,\"list\":[78,0.00001,null]}");
        }
        charsets(awkward);
        challenges();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(JACKSON.writeValueAsString(Map.of("cases", CASES)));
    }
}
