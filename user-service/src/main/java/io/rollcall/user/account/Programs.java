package io.rollcall.user.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.rollcall.user.directory.Organization;

/** The assessment programs there are; configuration, since they change from year to year. */
@ConfigurationProperties("rollcall")
public record Programs(List<Program> programs) {
	/** @param districts the districts it is for; empty for all */
	public record Program(String id, String name, @DefaultValue Set<String> districts) {
		boolean isFor(Collection<Organization> organizations) {
			return districts.isEmpty()
					|| organizations.stream().anyMatch(organization -> districts.contains(organization.district()));
		}
	}

	/**
	 * Whether accounts of these organizations may have program {@code id}. While none of the organizations is known, nobody can
	 * say that a program of some districts is not theirs.
	 */
	boolean allows(String id, Collection<Organization> organizations) {
		Optional<Program> program = programs.stream().filter(candidate -> candidate.id().equals(id)).findFirst();
		return program.isPresent() && (organizations.isEmpty() || program.get().isFor(organizations));
	}
}
