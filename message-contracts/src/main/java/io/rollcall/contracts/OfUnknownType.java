package io.rollcall.contracts;

/** What a reader sees of a message that is of a newer type than it knows. Never published; counted wherever one is read. */
public sealed interface OfUnknownType
		permits ConfirmationEvent.Unrecognized, CredentialEvent.Unrecognized, DeliveryEvent.Unrecognized,
		ImportEvent.Unrecognized, OrganizationEvent.Unrecognized, UserCommandResult.Unrecognized,
		UserEvent.Unrecognized {}
