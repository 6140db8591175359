package com.example.presence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** Row that says which client a session is; as JSON, an entry of the roster. Serves NOTICES-HIDE-SESSION-IDS. */
@Entity
public class Mapping {

    @Id @JsonIgnore
    public String sessionId;

    public String ref = UUID.randomUUID().toString(); // tells others which session

    @JsonRawValue @Column(length = 65_536)
    public String clientData; // JSON
}
