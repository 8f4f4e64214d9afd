package io.rollcall.user.api;

import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.rollcall.platform.Traceparent;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.IdempotencyKey;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Origin;
import io.rollcall.user.permission.Actor;

/** Gives handlers the {@link Actor}, what a change is caused by ({@link Origin.Request}), or the whole {@link Call}. */
@Configuration(proxyBeanMethods = false)
class CallArguments implements WebMvcConfigurer, HandlerMethodArgumentResolver {
	private static final Set<Class<?>> SUPPORTED = Set.of(Call.class, Actor.class, Origin.Request.class);

	/** Before a key of the Training Site, so that nobody uses up a key of the Portal from there. No key has a blank in it. */
	private static final String TRAINING_KEYS = "TRAINING ";

	private final Actors actors;

	CallArguments(Actors actors) {
		this.actors = actors;
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(this);
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return SUPPORTED.contains(parameter.getParameterType());
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
		Caller caller = caller(request);
		Actor actor = actors.actor(caller);
		if (parameter.getParameterType() == Actor.class) return actor;
		String key = request.getHeader(IdempotencyKey.HEADER);
		List<FieldError> errors = IdempotencyKey.errors(key);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		String own = key != null && caller.isAtTrainingSite() ? TRAINING_KEYS + key : key;
		Origin.Request origin = Actors.origin(caller, own, request.getHeader(Traceparent.HEADER));
		return parameter.getParameterType() == Call.class ? new Call(actor, origin, own) : origin;
	}

	private static Caller caller(NativeWebRequest request) {
		HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
		if (servletRequest != null && servletRequest.getUserPrincipal() instanceof Authentication authentication
				&& authentication.getPrincipal() instanceof Caller caller) {
			// Before any rule of the handler is asked: arguments come first.
			if (caller.role().equals("SERVICE")) throw new AccessDeniedException("a service has no account");
			return caller;
		}
		throw new AuthenticationCredentialsNotFoundException("no caller");
	}
}
