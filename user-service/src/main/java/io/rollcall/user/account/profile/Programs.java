package io.rollcall.user.account.profile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.rollcall.user.directory.Organization;

/**
 * The assessment programs there are; configuration, since they change from year to year.
 *
 * @param programs each with an id, a name, and the codes of the districts it is for, or none where it is for all
 */
@ConfigurationProperties("rollcall")
public record Programs(List<Program> programs) {
	/** @param districts the districts it is for; empty for all */
	public record Program(String id, String name, @DefaultValue Set<String> districts) {
		boolean isFor(Collection<Organization> organizations) {
			return districts.isEmpty()
					|| organizations.stream().anyMatch(organization -> districts.contains(organization.district()));
		}
	}

	/** Whether there is a program {@code id} now. */
	boolean has(String id) {
		return find(id).isPresent();
	}

	/**
	 * Whether accounts of these organizations may have program {@code id}. While none of the organizations is known, nobody can
	 * say that a program of some districts is not theirs.
	 */
	boolean allows(String id, Collection<Organization> organizations) {
		return find(id).filter(program -> organizations.isEmpty() || program.isFor(organizations)).isPresent();
	}

	private Optional<Program> find(String id) {
		return programs.stream().filter(program -> program.id().equals(id)).findFirst();
	}
}
