package io.rollcall.imports.web;

import java.io.File;
import java.io.IOException;
import java.util.List;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.catalina.core.ApplicationPart;
import org.apache.tomcat.util.http.fileupload.FileItem;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.disk.DiskFileItemFactory;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.springframework.http.ContentDisposition;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.support.StandardMultipartHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the body of an upload is, its parts are read as Tomcat and Spring do in the service, and a file's name can do no harm. */
class MultipartFuzzTests {
	private static final int PARTS = 10;

	@DictionaryEntries({"--b\\x0d\\x0a", "\\x0d\\x0a--b--\\x0d\\x0a",
			"Content-Disposition: form-data; name=file; filename=\\x22",
			"Content-Disposition: form-data; name=action\\x0d\\x0a\\x0d\\x0aadd", "filename*=UTF-8''",
			"Content-Type: text/csv\\x0d\\x0a\\x0d\\x0a", "\\x5c\\x22", "../", "=?UTF-8?B?", "%0D%0A"})
	@FuzzTest(maxDuration = "60s")
	void everyBodyIsReadOrRefusedAndNoFileNameDoesHarm(byte[] body) throws IOException {
		var request = new MockHttpServletRequest("POST", "/api/imports");
		request.setContentType("multipart/form-data; boundary=b");
		request.setContent(body);
		StandardMultipartHttpServletRequest multipart;
		try {
			for (FileItem item : items(request))
				request.addPart(new ApplicationPart(item, new File(".")));
			multipart = new StandardMultipartHttpServletRequest(request);
		} catch (IOException | InvalidFileNameException | MultipartException e) {
			return; // answered as a bad request, which HostileUploadsIT tries
		}
		for (List<MultipartFile> files : multipart.getMultiFileMap().values()) {
			for (MultipartFile file : files) {
				String name = FileNames.clean(file.getOriginalFilename());
				assertThat(name).isNotBlank().doesNotContain("/", "\\");
				assertThat(name.codePoints()).hasSizeLessThanOrEqualTo(150).noneMatch(Character::isISOControl);
				assertThat(FileNames.clean(name)).isEqualTo(name);
				for (String header : List.of(FileNames.disposition(name), FileNames.errorFileDisposition(name)))
					assertThat(header.chars()).allMatch(c -> c >= ' ' && c < 127);
				assertThat(ContentDisposition.parse(FileNames.disposition(name)).getFilename()).isEqualTo(name);
				assertThat(file.getBytes()).hasSizeLessThanOrEqualTo(body.length);
			}
		}
	}

	private static List<FileItem> items(MockHttpServletRequest request) throws IOException {
		var upload = new FileUpload();
		upload.setFileItemFactory(new DiskFileItemFactory());
		upload.setFileCountMax(PARTS);
		try {
			return upload.parseRequest(new ServletRequestContext(request));
		} catch (RuntimeException e) {
			throw new MultipartException("unreadable", e); // as Spring does with whatever Tomcat throws
		}
	}
}
