package io.rollcall.platform.persistence;

import java.util.function.Supplier;

import org.bson.conversions.Bson;
import org.springframework.data.mapping.context.MappingContext;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.MongoPersistentProperty;
import org.springframework.data.projection.EntityProjection;

import io.rollcall.platform.Failures;

/**
 * Documents and records that are stored as they are: no {@code _class}, and a part of several kinds as {@link KindFirst} says. What
 * cannot be converted is told of without a word of it: the exceptions of Spring Data repeat every argument of a constructor that
 * fails, names and password hashes among them, and whoever logs them need not know.
 */
final class DocumentConverter extends MappingMongoConverter {
	DocumentConverter(MappingContext<? extends MongoPersistentEntity<?>, MongoPersistentProperty> context) {
		super(NoOpDbRefResolver.INSTANCE, context);
		setTypeMapper(new KindFirst());
	}

	@Override
	public <S> S read(Class<S> type, Bson document) {
		return withoutText(type, () -> super.read(type, document));
	}

	@Override
	public <R> R project(EntityProjection<R, ?> projection, Bson document) {
		return withoutText(projection.getMappedType().getType(), () -> super.project(projection, document));
	}

	@Override
	public void write(Object record, Bson document) {
		withoutText(record.getClass(), () -> {
			super.write(record, document);
			return record;
		});
	}

	private static <R> R withoutText(Class<?> type, Supplier<R> conversion) {
		try {
			return conversion.get();
		} catch (RuntimeException e) {
			throw new IllegalStateException("not to be converted as " + type.getSimpleName(), Failures.withoutText(e));
		}
	}
}
