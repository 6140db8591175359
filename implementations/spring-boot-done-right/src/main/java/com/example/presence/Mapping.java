package com.example.presence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Row that says which client a session is. Its JSON is an entry of the roster. Serves NOTICES-HIDE-SESSION-IDS. */
@Entity
public class Mapping {

    @Id
    @JsonIgnore
    public String sessionId;

    public String ref; // names the session to others

    @JsonRawValue
    @Column(length = 65_536)
    public String clientData; // JSON

    protected Mapping() {}

    public Mapping(String sessionId, String ref) {
        this.sessionId = sessionId;
        this.ref = ref;
    }
}
