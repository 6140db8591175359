package com.example.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.w3c.dom.Element;

/** Runs hangup on the application, on a free port. Each of its cases becomes a test in the build's own report. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "presence.heartbeat=1s",
            "presence.sockjs-heartbeat=1s",
            "presence.disconnect-delay=2s",
            "presence.connect-within=6s",
            "presence.probe=true",
            "spring.datasource.url=jdbc:h2:mem:presence"
        })
class HangupTest {

    private static final File REPORT = new File("target/hangup");

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> everybodyHearsWhoHasLeft() throws Exception {
        var junit = new File(REPORT, "junit.xml");
        Files.deleteIfExists(junit.toPath());
        int exitCode = hangup("run", "--url", "http://127.0.0.1:" + port + "/connection");
        var whole = dynamicTest("hangup's exit code", () -> assertEquals(0, exitCode, "exit code; see the output above"));
        return Stream.concat(Stream.of(whole), junit.exists() ? casesIn(junit) : Stream.empty());
    }

    private static int hangup(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(System.getProperty("hangup", "npx --no -- hangup").split(" ")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--out", REPORT.getPath()));
        command.addAll(List.of(System.getProperty("hangup.options", "--tier quick").split(" ")));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.getInputStream().transferTo(System.out); // Maven needs the streams of this process for itself
        return process.waitFor();
    }

    private static Stream<DynamicTest> casesIn(File junit) throws Exception {
        var cases = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit).getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength()).mapToObj(place -> testOf((Element) cases.item(place)));
    }

    private static DynamicTest testOf(Element testCase) {
        return dynamicTest(testCase.getAttribute("name"), () -> {
            for (String kind : List.of("failure", "error", "skipped")) {
                var found = (Element) testCase.getElementsByTagName(kind).item(0);
                if (found != null) {
                    String message = found.getAttribute("message");
                    if (kind.equals("skipped")) {
                        abort(message);
                    }
                    fail(message + "\n" + found.getTextContent());
                }
            }
        });
    }
}
