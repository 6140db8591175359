package com.example.chat;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Controller;

@Controller
@ConditionalOnExpression("!${chat.article:false} and !'${chat.advice:}'.contains('Presence')")
public class IdentifyController {

    @MessageMapping("/chat.addUser")
    @SendTo("/topic/public")
    public ChatMessage addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        headers.getSessionAttributes().put("username", message.sender());
        return new ChatMessage(ChatMessage.Type.JOIN, message.sender(), null);
    }
}
