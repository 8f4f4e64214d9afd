package io.rollcall.user.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

class AccountsCsvTests {
	private static final String HEADER = "\uFEFFUsername,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n";

	@Test
	void fileHasAMarkTheColumnsAndALineAnAccount() throws IOException {
		var out = new StringBuilder();
		var csv = new AccountsCsv(out);
		assertThat(out).hasToString(HEADER);
		csv.add(new Profile(new Username("doe.jane"), new FirstName("Zoë, \"Z\""), new LastName("Okafor"),
				new EmailAddress("doe.jane@agawam.example"), Role.STC, List.of(Fixtures.DOERING, Fixtures.ROBINSON),
				List.of("1030", "1034"), Map.of(Field.PHONE, "413-555-0100", Field.ADDRESS, "1 Main St\nAgawam")));
		assertThat(out).hasToString(HEADER + "doe.jane,\"Zoë, \"\"Z\"\"\",Okafor,doe.jane@agawam.example,STC,"
				+ "00050000-00050303|00050000-00050025,1030|1034,413-555-0100,,\"1 Main St\nAgawam\"\r\n");
	}

	@Test
	void noCellIsAFormula() throws IOException {
		var out = new StringBuilder();
		new AccountsCsv(out).add(new Profile(new Username("-doe+jane"), new FirstName("=1+1"), new LastName("'=x"),
				new EmailAddress("+jane@agawam.example"), Role.DTC, List.of(Fixtures.AGAWAM), List.of(),
				Map.of(Field.ADDRESS, "@x,y")));
		assertThat(out)
				.hasToString(HEADER + "'-doe+jane,'=1+1,''=x,'+jane@agawam.example,DTC,00050000,,,,\"'@x,y\"\r\n");
	}
}
