package io.rollcall.user.confirmation;

import java.util.UUID;

import io.rollcall.user.directory.Organization;

/** A school whose accounts its own coordinator decides, and no more the district's. */
public record HandOver(Organization school, UUID coordinator) {}
