package io.rollcall.user.row;

import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param zone in which it is told on what day somebody changed what an undo keeps */
@ConfigurationProperties("rollcall.undo")
public record UndoSettings(@DefaultValue("America/New_York") ZoneId zone) {}
