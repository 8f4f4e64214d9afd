package io.rollcall.platform.web;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An address that is written out, as {@code /api/users/exports}, is no id of {@code /api/users/{id}}: by a method that it does not have
 * it is answered so, with those it has. Spring would ask all other patterns then, take its last part for an id, and find nothing.
 */
final class NamedAddresses extends RequestMappingHandlerMapping {
	private final Map<String, Set<RequestMappingInfo>> named = new ConcurrentHashMap<>();

	@Override
	protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo mapping) {
		super.registerHandlerMethod(handler, method, mapping);
		for (String path : mapping.getDirectPaths())
			named.computeIfAbsent(path, _ -> new LinkedHashSet<>()).add(mapping);
	}

	@Override
	protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
		Set<RequestMappingInfo> here = named.getOrDefault(path, Set.of());
		return here.isEmpty() || here.stream().anyMatch(it -> it.getMatchingCondition(request) != null)
				? super.lookupHandlerMethod(path, request)
				: handleNoMatch(here, path, request);
	}
}
