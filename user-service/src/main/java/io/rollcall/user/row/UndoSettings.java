package io.rollcall.user.row;

import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param zone time zone of the days on which, as an undo says, somebody changed what it keeps */
@ConfigurationProperties("rollcall.undo")
public record UndoSettings(@DefaultValue("America/New_York") ZoneId zone) {}
