package io.rollcall.platform.web;

import java.beans.PropertyEditorSupport;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.beans.propertyeditors.CustomCollectionEditor;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * Path variables, parameters and headers have one {@link Spelling}. Spring's own conversions make {@code 1} of {@code +1},
 * {@code 01}, {@code 0x1} and {@code " 1"}, and the id of an account of one that lacks a digit.
 *
 * <p>Editors, and no converters: where a converter refuses a value, Spring tries its own editor of the type, which takes it.
 */
@ControllerAdvice
class OneSpelling {
	private static final Map<Class<?>, Function<String, Optional<?>>> READERS = Map.of(UUID.class, Spelling::uuid,
			int.class, OneSpelling::integer, Integer.class, OneSpelling::integer, long.class, Spelling::number,
			Long.class, Spelling::number, boolean.class, OneSpelling::truth, Boolean.class, OneSpelling::truth);
	private static final Set<String> TEXTS = Set.of("java.lang.String", "java.util.List<java.lang.String>");

	@InitBinder
	void readInOneWay(WebDataBinder binder) {
		READERS.forEach((type, reader) -> binder.registerCustomEditor(type, new Editor(reader)));
		// Spring would split a single text at its commas, and several not.
		binder.registerCustomEditor(List.class, new CustomCollectionEditor(List.class));
	}

	private static Optional<Integer> integer(String text) {
		return Spelling.number(text).filter(it -> it == it.intValue()).map(Long::intValue);
	}

	/** In any case, as the forms of uploads take it: {@code True} is what Python writes. */
	private static Optional<Boolean> truth(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "true" -> Optional.of(true);
			case "false" -> Optional.of(false);
			default -> Optional.empty();
		};
	}

	/**
	 * Whether everything that a handler takes from a path, a query or a header is of a type that is read in one way.
	 *
	 * @throws IllegalStateException if Spring would read one by its own rules
	 */
	static void check(HandlerMethod method) {
		for (MethodParameter parameter : method.getMethodParameters())
			types(parameter).filter(type -> !READERS.containsKey(type) && !TEXTS.contains(type.getTypeName()))
					.findAny().ifPresent(type -> {
						throw new IllegalStateException(method + " takes a " + type.getTypeName()
								+ ", for which there is no rule in OneSpelling: it could be spelled in several ways");
					});
	}

	private static Stream<Type> types(MethodParameter parameter) {
		if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
			return Stream.of(parameter.getParameterType().getRecordComponents()).map(RecordComponent::getGenericType);
		}
		return parameter.hasParameterAnnotation(PathVariable.class)
				|| parameter.hasParameterAnnotation(RequestParam.class)
				|| parameter.hasParameterAnnotation(RequestHeader.class)
						? Stream.of(parameter.getGenericParameterType())
						: Stream.empty();
	}

	private static final class Editor extends PropertyEditorSupport {
		private final Function<String, Optional<?>> reader;

		private Editor(Function<String, Optional<?>> reader) {
			this.reader = reader;
		}

		/** Nothing at all, as in {@code ?account=}, is as good as no parameter. */
		@Override
		public void setAsText(String text) {
			setValue(text.isEmpty()
					? null
					: reader.apply(text).orElseThrow(() -> new IllegalArgumentException("not in its one spelling")));
		}
	}
}
