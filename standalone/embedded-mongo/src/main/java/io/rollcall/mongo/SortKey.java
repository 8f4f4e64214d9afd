package io.rollcall.mongo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;

/** A document with the values by which it is sorted, read once; the library reads them again for each comparison. */
record SortKey(Document document, List<Object> values) {
	static Stream<Document> sort(Stream<Document> documents, Document orderBy) {
		List<String> fields = List.copyOf(orderBy.keySet());
		List<Comparator<Object>> comparators = new ArrayList<>();
		for (Entry<String, Object> field : orderBy.entrySet()) {
			boolean ascending = field.getValue() instanceof Number direction && direction.intValue() > 0;
			comparators.add(ascending ? ValueComparator.asc() : ValueComparator.desc());
		}
		return documents.map(document -> of(document, fields)).sorted((one, other) -> {
			int order = 0;
			for (int i = 0; i < comparators.size() && order == 0; i++)
				order = comparators.get(i).compare(one.values.get(i), other.values.get(i));
			return order;
		}).map(SortKey::document);
	}

	private static SortKey of(Document document, List<String> fields) {
		List<Object> values = new ArrayList<>(fields.size());
		for (String field : fields)
			values.add(Utils.getSubdocumentValueCollectionAware(document, field));
		return new SortKey(document, values);
	}
}
