// Right: the bytes of getRequestBody() are what is hashed.
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class Receiver {
    private static final String TOKEN = System.getenv("APPLICATION_MANAGEMENT_TOKEN");
    private static final Gson GSON = new Gson();

    private static String hashOf(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // Null when it is not JSON. Gson's own fromJson() takes much that is none.
    private static JsonElement parse(byte[] raw) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
            JsonReader reader = new JsonReader(new StringReader(text));
            JsonElement body = GSON.getAdapter(JsonElement.class).read(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? body : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean holds(JsonObject object, String name, String value) {
        return new JsonPrimitive(value).equals(object.get(name));
    }

    private static String challengeIn(JsonObject message, String holder) {
        JsonElement data = message.get(holder);
        JsonElement challenge = data != null && data.isJsonObject() ? data.getAsJsonObject().get("challenge") : null;
        boolean isText = challenge instanceof JsonPrimitive && ((JsonPrimitive) challenge).isString();
        return isText ? challenge.getAsString() : "";
    }

    // "" when it is something else.
    private static String challengeIn(JsonElement body) {
        if (body == null || !body.isJsonObject()) return "";
        JsonObject message = body.getAsJsonObject();
        if (holds(message, "eventName", "verify")) return challengeIn(message, "payload");
        if (holds(message, "eventType", "VERIFY")) return challengeIn(message, "data");
        return "";
    }

    private static boolean isSigned(byte[] raw, List<String> signatures) {
        return signatures != null && signatures.size() == 1 && MessageDigest.isEqual(
                signatures.get(0).getBytes(StandardCharsets.UTF_8), hashOf(raw).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] text = GSON.toJson(body).getBytes(StandardCharsets.UTF_8);
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, hasBody ? text.length : -1);
        if (hasBody) exchange.getResponseBody().write(text);
        exchange.close();
    }

    private static void webhooks(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            answer(exchange, 405, Map.of("error", "POST only"));
            return;
        }
        byte[] raw = exchange.getRequestBody().readAllBytes();
        JsonElement body = parse(raw);
        String challenge = challengeIn(body);
        if (challenge.matches("[A-Za-z0-9._~-]{8,128}")) {
            answer(exchange, 200, Map.of("challenge", hashOf(challenge.getBytes(StandardCharsets.UTF_8))));
        } else if (!isSigned(raw, exchange.getRequestHeaders().get("SC-Signature"))) {
            answer(exchange, 401, Map.of("error", "wrong signature"));
        } else if (body == null) {
            answer(exchange, 400, Map.of("error", "not JSON"));
        } else {
            answer(exchange, 200, Map.of("received", true));
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 128);
        server.createContext("/webhooks", Receiver::webhooks);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }
}
