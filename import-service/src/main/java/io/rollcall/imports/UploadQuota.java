package io.rollcall.imports;

import java.time.Instant;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** How much may be stored in a day (UTC): what is uploaded is kept for long. Dry runs count, and so do the imports that commit them. */
public interface UploadQuota {
	/**
	 * @param bytes that one account may upload
	 * @param imports that one account may make
	 * @param districtBytes that the accounts of one district may upload together, or of one school without a district
	 */
	@ConfigurationProperties("rollcall.imports.quota")
	record Limits(@DefaultValue("100MB") DataSize bytes, @DefaultValue("1000") int imports,
			@DefaultValue("500MB") DataSize districtBytes) {}

	/**
	 * There is not so much left.
	 *
	 * @param ofDistrict of the submitter's district, or school without one, not of the submitter
	 * @param until when there is again
	 */
	record Spent(boolean ofDistrict, Instant until) {}

	/** Takes what an upload needs, for account and district, however many do so at once. Empty when it was there to be taken. */
	Optional<Spent> take(Submitter submitter, int bytes, Instant at);

	default Optional<Spent> take(Submission submission) {
		return take(submission.submitter(), submission.bytes(), submission.submittedAt());
	}

	/** Gives back what was taken for a submission that was not stored. */
	void giveBack(Submission submission);
}
