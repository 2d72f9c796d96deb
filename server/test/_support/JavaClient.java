import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Java's HttpClient with its defaults: it asks for an upgrade to HTTP/2 with its first request on each connection. */
class JavaClient {
  public static void main(String[] arguments) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest.Builder at = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));
    HttpRequest read = at.copy().uri(URI.create(arguments[0] + "/healthz")).build();
    HttpRequest buy = at.copy().uri(URI.create(arguments[0] + "/buy"))
        .header("Authorization", "Bearer " + arguments[1])
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"saleId\":\"" + arguments[2] + "\"}"))
        .build();
    for (HttpRequest request : new HttpRequest[] {buy, read, read}) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      System.out.println(response.statusCode() + " " + response.version());
    }
  }
}
