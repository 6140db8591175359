package com.example.chat;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatMessage(Type type, String sender, String content) {

    public enum Type { JOIN, CHAT, LEAVE }
}
