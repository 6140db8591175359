import fc from "fast-check";
import { expect, test } from "vitest";
import { readPage } from "./read-page.ts";

const page = "http://localhost:8080/chat/index.html";
const ofScript = (text: string) => readPage([{ where: "app.js", text }]);
const addresses = (text: string) => ofScript(text).endpoints.map(({ address }) => address);

test("a chat page with names for its parts", () => {
  const script = `
    'use strict';
    var usernameInput = document.querySelector('#name');
    var stompClient = null;
    var username = null;
    function connect(event) {
      username = usernameInput.value.trim();
      var socket = new SockJS('/ws');
      stompClient = Stomp.over(socket);
      stompClient.connect({}, onConnected, onError);
    }
    function onConnected() {
      stompClient.subscribe('/topic/public', onMessage);
      stompClient.send("/app/chat.addUser",
        {},
        JSON.stringify({sender: username, type: 'JOIN'}))
    }
    function send(event) {
      var text = messageInput.value.trim();
      var chatMessage = { sender: username, content: messageInput.value, type: 'CHAT', n: -1, urgent: !0 };
      stompClient.send("/app/chat.sendMessage", {}, JSON.stringify(chatMessage));
    }`;
  expect(ofScript(script)).toEqual({
    endpoints: [
      { address: "/ws", transport: "sockjs", where: "app.js:8", quoted: "new SockJS('/ws')", unknown: [] },
    ],
    subscriptions: [
      {
        destination: "/topic/public",
        where: "app.js:13",
        quoted: "stompClient.subscribe('/topic/public', onMessage)",
        unknown: [],
      },
    ],
    sends: [
      {
        destination: "/app/chat.addUser",
        body: { sender: "{client}", type: "JOIN" },
        where: "app.js:14",
        quoted: `stompClient.send("/app/chat.addUser", {}, JSON.stringify({sender: username, type: 'JOIN'}))`,
        unknown: [],
      },
      {
        destination: "/app/chat.sendMessage",
        body: { sender: "{client}", content: "unknown", type: "CHAT", n: -1, urgent: true },
        where: "app.js:21",
        quoted: `stompClient.send("/app/chat.sendMessage", {}, JSON.stringify(chatMessage))`,
        unknown: ["content: messageInput.value"],
      },
    ],
    scripts: [],
    skipped: [],
  });
});

test("a client with a broker's address, and jQuery", () => {
  const { endpoints, subscriptions, sends } = ofScript(`
    const stompClient = new StompJs.Client({ brokerURL: 'ws://localhost:8080/gs-guide-websocket' });
    stompClient.onConnect = (frame) => { stompClient.subscribe('/topic/greetings', (greeting) => show(greeting)); };
    function sendName() {
      stompClient.publish({ destination: "/app/hello", body: JSON.stringify({'name': $("#name").val()}) });
    }`);
  expect(endpoints[0]).toMatchObject({
    address: "ws://localhost:8080/gs-guide-websocket",
    transport: "native",
  });
  expect(subscriptions[0]?.destination).toBe("/topic/greetings");
  expect(sends[0]).toMatchObject({ destination: "/app/hello", body: { name: "{client}" }, unknown: [] });
});

test("a page that reads its session id from the transport, and rooms", () => {
  const { subscriptions, sends } = ofScript(`
    const sessionId = /\\/([^\\/]+)\\/websocket/.exec(socket._transport.url)[1];
    client.subscribe('/topic/rooms/' + roomId + '/users', draw);
    client.subscribe(\`/user/\${username}/queue/errors\`, draw);
    client.send('/ws/rooms/' + roomId + '/users', {}, JSON.stringify({ userId: user.id, sessionId }));
    client.send("/ws", {}, JSON.stringify({ sessionId: socket._transport.url.split('/')[5], clientData: data }));`);
  expect(subscriptions.map(({ destination, unknown }) => [destination, unknown])).toEqual([
    ["/topic/rooms/{room}/users", ["roomId"]],
    ["/user/{client}/queue/errors", ["username"]],
  ]);
  expect(sends.map(({ destination, body }) => [destination, body])).toEqual([
    ["/ws/rooms/{room}/users", { userId: "{client}", sessionId: "{sessionId}" }],
    ["/ws", { sessionId: "{sessionId}", clientData: "{client}" }],
  ]);
});

test.each([
  ["new SockJS(url + '/ws?x=1')", ["/ws?x=1"]],
  ["new SockJS(`${location.origin}/ws`)", ["/ws"]],
  ["new SockJS(window.location.protocol + '//' + window.location.host + '/a/ws')", ["/a/ws"]],
  ["new SockJS('http://' + host + ':8080/ws')", ["/ws"]],
  ["new SockJS(base + 'ws')", ["/ws"]],
  ["new SockJS('/websocket/tracker?access_token=' + token)", ["/websocket/tracker?access_token={token}"]],
  ["const api = 'http://a.example/'; new SockJS(api.concat('ws'))", ["http://a.example/ws"]],
  ["const at = { WS: '/ws' }; new SockJS(at.WS)", ["/ws"]],
  ["const a = '/one'; function f(a) { return new SockJS(a) }", []],
  ["new SockJS(address)", []],
  ["SockJS('/ws')", ["/ws"]],
  ["new (sockjs_client__WEBPACK_IMPORTED_MODULE_0___default())('/ws')", ["/ws"]],
  ["new StompJs.Client({ webSocketFactory: () => new t('/ws') })", ["/ws"]],
  ["new StompJs.Client({ webSocketFactory: function () { return new SockJS('/ws') } })", ["/ws"]],
  ["Stomp.over(new e.default('/ws'))", ["/ws"]],
  ["Stomp.client('ws://localhost:15674/ws')", ["ws://localhost:15674/ws"]],
  ["client.brokerURL = `wss://${location.host}/stomp`", ["/stomp"]],
  ["Stomp.over(new WebSocket('ws://localhost/ws'))", ["ws://localhost/ws"]],
])("the endpoint in %s", (script, wanted) => {
  expect(addresses(script)).toEqual(wanted);
});

test("a small bundle: constants, keys that say who, and calls of other things left alone", () => {
  const { sends, subscriptions } = ofScript(
    `!function(){var o="/topic/".concat("public");n.subscribe(o,(function(t){}));r.pipe().subscribe((function(t){}));` +
      `n.publish({destination:"/app/join",body:JSON.stringify({sender:e,type:"JOIN",admin:!1})});x.send(JSON.stringify({}));` +
      `n.watch("/topic/"+e.id);n.send("/app/plain",{},"hello "+userName)}()`,
  );
  expect(subscriptions.map(({ destination }) => destination)).toEqual(["/topic/public", "/topic/{id}"]);
  expect(sends.map(({ body }) => body)).toEqual([
    { sender: "{client}", type: "JOIN", admin: false },
    "hello {client}",
  ]);
});

test("what a body has that can't be worked out is told", () => {
  const { sends } = ofScript(
    `c.send("/a", {}, JSON.stringify({ ...rest, when: new Date(), list: [1, null, x()], deep: { sender: me } }));
     c.send("/b", {}, payload); c.send("/c"); c.send("/d", {}, JSON.stringify());`,
  );
  expect(sends.map(({ body, unknown }) => [body, unknown])).toEqual([
    [
      { when: "unknown", list: [1, null, "unknown"], deep: { sender: "{client}" } },
      ["...rest", "when: new Date()", "list: x()"],
    ],
    ["unknown", ["payload"]],
    ["", []],
    ["", []],
  ]);
});

test("a page: its scripts, lines, what is elsewhere, and what is no program", () => {
  const html = `<!doctype html>
    <html><head>
    <!-- <script>new SockJS('/commented')</script> -->
    <script src="https://cdn.example/sockjs.min.js"></script>
    <SCRIPT defer src='/js/main.js?v=1'></SCRIPT>
    <script src=lib/a.js></script>
    <script type="text/template">new SockJS('/template')</script>
    <script type="module">import { b } from "./b.js"; import c from "c"; new SockJS("/module")</script>
    </head><body data-x="<script>" it's>
    <script>
      new SockJS('/inline');
    </script>
    <script>this is no program</script>`;
  const found = readPage([{ where: page, text: html }]);
  expect(found.scripts).toEqual([
    "http://localhost:8080/js/main.js?v=1",
    "http://localhost:8080/chat/lib/a.js",
    "http://localhost:8080/chat/b.js",
  ]);
  expect(found.endpoints.map(({ address, where }) => [address, where])).toEqual([
    ["/module", `${page}:8`],
    ["/inline", `${page}:11`],
  ]);
  expect(found.skipped).toHaveLength(1);
  expect(found.skipped[0]).toMatchObject({ where: `${page}:13` });
  expect(readPage([{ where: "index.html", text: html }]).scripts).toEqual([
    "/js/main.js?v=1",
    "lib/a.js",
    "./b.js",
  ]);
});

test("the same found twice is told once, where it stands first; what stands in a quotation is short", () => {
  const call = `c.subscribe("/topic/a", ${"x".repeat(500)});`;
  const { subscriptions } = ofScript(`${call}\n${call}`);
  expect(subscriptions).toHaveLength(1);
  expect(subscriptions[0]?.where).toBe("app.js:1");
  expect(subscriptions[0]?.quoted).toHaveLength(120);
});

test("many hints, and a source that is too long, are cut and told", () => {
  const many = Array.from({ length: 150 }, (_, n) => `c.subscribe("/topic/${String(n)}", f);`).join("\n");
  const found = ofScript(many);
  expect(found.subscriptions).toHaveLength(100);
  expect(found.skipped[0]?.why).toContain("only 100 subscriptions");
  const long = ofScript(`new SockJS("/ws");${" ".repeat(2_100_000)}new SockJS("/late")`);
  expect(long.endpoints).toHaveLength(1);
  expect(long.skipped[0]?.why).toContain("2000000");
});

/** Texts that make careless readers slow: what nests, what stays open, names that stand for names. */
const hostile = fc.oneof(
  fc
    .constantFrom(
      "(",
      "[",
      "{a:",
      "!",
      "-",
      "`${",
      "a=>",
      "<script>",
      "<script></script>",
      "<script>(</script>",
      "<script",
      "<!--",
      '<script a="',
      "'a'+",
      "f(",
      "/",
      "\\",
      "</",
      "\n",
      "a.",
      "new ",
      "\u0000",
    )
    .map((piece) => piece.repeat(300_000 / piece.length)),
  fc.integer({ min: 5, max: 60 }).map((depth) => {
    const twice = Array.from(
      { length: depth },
      (_, n) => `var a${String(n)}=a${String(n + 1)}+a${String(n + 1)};`,
    );
    return `${twice.join("")}var a${String(depth)}="/x";c.subscribe(a0);new SockJS(a0);`;
  }),
  fc.integer({ min: 5, max: 60 }).map((depth) => {
    const twice = Array.from(
      { length: depth },
      (_, n) => `var a${String(n)}={x:a${String(n + 1)},y:a${String(n + 1)}};`,
    );
    return `${twice.join("")}var a${String(depth)}=a0;c.send("/x",{},JSON.stringify(a0));`;
  }),
  fc.constant(`c.send("/x",{},JSON.stringify(${"[".repeat(500)}${"]".repeat(500)}));`),
  fc.string({ unit: "binary", maxLength: 2_000 }),
  fc
    .array(
      fc.constantFrom("<script>", "</script>", "<!--", "-->", "new SockJS('/a')", "var a=", "a", '"', ";"),
      { maxLength: 200 },
    )
    .map((pieces) => pieces.join("")),
);

test("any text gives an answer, of bounded size, in a bounded time", () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom("", "<p>", "<script>"), (text, before) => {
      const found = readPage([{ where: page, text: before + text }]);
      expect(JSON.stringify(found.endpoints).length).toBeLessThan(100_000);
      expect(JSON.stringify(found.sends).length).toBeLessThan(200_000);
    }),
    { numRuns: 80 },
  );
});
