"use strict";

const login = document.querySelector("#login");
const chat = document.querySelector("#chat");
let stompClient;
let username;

login.addEventListener("submit", (event) => {
  event.preventDefault();
  username = document.querySelector("#name").value.trim();
  const socket = new SockJS("/ws");
  stompClient = Stomp.over(socket);
  stompClient.connect({}, onConnected, () => show("Connection lost. Reload the page."));
});

chat.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = document.querySelector("#text");
  const message = { type: "CHAT", sender: username, content: text.value };
  stompClient.send("/app/chat.sendMessage", {}, JSON.stringify(message));
  text.value = "";
});

function onConnected() {
  login.hidden = true;
  chat.hidden = false;
  stompClient.subscribe("/topic/public", ({ body }) => onMessage(JSON.parse(body)));
  stompClient.send("/app/chat.addUser", {}, JSON.stringify({ type: "JOIN", sender: username }));
}

function onMessage({ type, sender, content }) {
  if (type === "JOIN") show(`${sender} joined`);
  else if (type === "LEAVE") show(`${sender} left`);
  else show(`${sender}: ${content}`);
}

function show(line) {
  const item = document.createElement("li");
  item.textContent = line;
  document.querySelector("#messages").append(item);
}
