package io.rollcall.platform.persistence;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** Spring Data MongoDB for a service that has it on its classpath; the gateway does not (ADR 31). */
@AutoConfiguration(before = DataMongoAutoConfiguration.class)
@ConditionalOnClass(MongoTemplate.class)
public class DocumentsAutoConfiguration {
	@Bean
	MongoConverter documentConverter(MongoMappingContext context, MongoCustomConversions conversions) {
		var converter = new DocumentConverter(context);
		converter.setCustomConversions(conversions);
		return converter;
	}
}
