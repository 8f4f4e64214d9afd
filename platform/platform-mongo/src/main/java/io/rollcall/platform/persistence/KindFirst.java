package io.rollcall.platform.persistence;

import java.util.List;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;

/**
 * A part of a document that is of one of several kinds says so itself, before all else: {@code {kind: "own", hash, …}}. It is of a
 * sealed type, and each record of that has its kind as {@link TypeAlias}. No class is named in a document, nor taken from one.
 */
final class KindFirst extends DefaultMongoTypeMapper {
	private static final String KIND = "kind";

	KindFirst() {
		super(KIND, List.of());
	}

	/** As a key of a map or in a query it is a name like any other. */
	@Override
	public boolean isTypeKey(String key) {
		return false;
	}

	@Override
	@SuppressWarnings("unchecked") // the class is one of those that the sealed one permits
	public <T> TypeInformation<? extends T> readType(Bson source, TypeInformation<T> expected) {
		if (!expected.getType().isSealed() || !(source instanceof Document part))
			return super.readType(source, expected);
		for (Class<?> permitted : expected.getType().getPermittedSubclasses()) {
			TypeAlias kind = permitted.getAnnotation(TypeAlias.class);
			if (kind != null && kind.value().equals(part.get(KIND)))
				return (TypeInformation<? extends T>) TypeInformation.of(permitted);
		}
		throw new IllegalStateException("a part of an unknown kind");
	}

	@Override
	public void writeType(TypeInformation<?> type, Bson sink) {
		TypeAlias kind = type.getType().getAnnotation(TypeAlias.class);
		if (kind == null || !(sink instanceof Document part)) return;
		var fields = new Document(part);
		part.clear();
		part.append(KIND, kind.value()).putAll(fields);
	}
}
