package io.rollcall.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Notes;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Files that are refused as a whole: the right words, nothing applied, nothing left behind. */
class RefusedFilesIT {
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address";
	private static final String PERSON = "refused.one,Pat,Doe,refused@people.example,DTC,00050000,,,,";

	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static Remains before = new Remains(Map.of(), Map.of(), Map.of());
	private static Set<String> temporaryBefore = Set.of();

	@BeforeAll
	static void whatWasBeforeIsDone() {
		SYSTEM.awaitRest();
		before = Remains.now();
		temporaryBefore = temporaryFiles();
	}

	static Stream<Arguments> refused() {
		return Stream.of(arguments("201 rows", People.file(People.of("refused", 201)), 422, List.of("201", "200")),
				arguments("a workbook", workbook(), 422, List.of(Notes.NOT_CSV)),
				arguments("an empty file", new byte[0], 422, List.of(Notes.NOT_CSV)),
				arguments("a header alone", bytes(HEADER + "\n"), 422, List.of("record")),
				arguments("a missing column",
						bytes(HEADER.replace("Role,", "") + "\n" + PERSON.replace("DTC,", "") + "\n"), 422,
						List.of("Role")),
				arguments("a column twice", bytes(HEADER + ",fname\n" + PERSON + ",Pat\n"), 422, List.of("Fname")),
				arguments("an unknown column", bytes(HEADER + ",Shoesize\n" + PERSON + ",44\n"), 422,
						List.of("Shoesize")),
				arguments("semicolons", bytes((HEADER + "\n" + PERSON + "\n").replace(',', ';')),
						422, List.of(Notes.NOT_CSV)),
				arguments("tabs", bytes((HEADER + "\n" + PERSON + "\n").replace(',', '\t')), 422,
						List.of(Notes.NOT_CSV)),
				arguments("broken quoting", bytes(HEADER + "\n\"refused.one,Pat,Doe\n"), 422, List.of(Notes.NOT_CSV)),
				arguments("a PDF", bytes("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
						422, List.of(Notes.NOT_CSV)),
				arguments("30 MB of noise", noise(), 413, List.of("MB")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refused")
	void isRefusedInTheRightWords(String what, byte[] file, int status, List<String> words) {
		HttpResponse<byte[]> answer = SYSTEM.imports().post("refused.csv", file, "add");

		System.out.println(what + ": " + answer.statusCode() + " " + Imports.text(answer));
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
				type -> assertThat(type).startsWith("application/problem+json"));
		var problem = Imports.json(answer);
		assertThat(problem.path("code").asString()).isNotBlank();
		assertThat(problem.path("detail").asString()).contains(words);
	}

	/** After all of them: what one of them did late is seen as well. */
	@AfterAll
	static void nothingIsAppliedAndNothingLeftBehind() {
		SYSTEM.awaitRest();
		assertThat(Remains.now()).isEqualTo(before);
		Await.until("no temporary file is left of them",
				() -> temporaryBefore.containsAll(temporaryFiles()) ? true : null);
	}

	/** What an import would change: the number of documents by database and collection, every account, the topics' ends. */
	private record Remains(Map<String, Map<String, Long>> documents, Map<String, String> accounts,
			Map<String, Long> ends) {
		static Remains now() {
			var counts = new TreeMap<String, Map<String, Long>>();
			SYSTEM.databases().names().forEach(name -> counts.put(name, SYSTEM.databases().counts(name)));
			return new Remains(counts, SYSTEM.databases().documents(Databases.USERS), SYSTEM.topics().ends());
		}
	}

	private static TreeSet<String> temporaryFiles() {
		try (var files = Files.walk(SYSTEM.temporary())) {
			return files.filter(Files::isRegularFile).map(Path::toString)
					.filter(name -> !name.contains("hsperfdata")).collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] workbook() {
		var bytes = new ByteArrayOutputStream();
		try (var zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
			zip.write(bytes("<?xml version=\"1.0\"?><Types/>"));
			zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
			zip.write(bytes("<?xml version=\"1.0\"?><worksheet><sheetData/></worksheet>"));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	private static byte[] noise() {
		byte[] noise = new byte[30_000_000];
		new Random(30).nextBytes(noise);
		return noise;
	}
}
