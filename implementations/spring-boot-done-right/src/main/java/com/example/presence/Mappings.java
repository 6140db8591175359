package com.example.presence;

import org.springframework.data.jpa.repository.JpaRepository;

/** Table of the clients that are present. */
public interface Mappings extends JpaRepository<Mapping, String> {}
