# One service as an image, from the jar that mvn package has built:
#   docker build --build-arg SERVICE=user-service -t rollcall/user-service .
ARG JDK=eclipse-temurin:25-jre

FROM ${JDK} AS layers
ARG SERVICE
WORKDIR /layers
COPY ${SERVICE}/target/${SERVICE}-*.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --launcher --destination extracted

FROM ${JDK}
WORKDIR /app
# What changes least comes first: an upgrade of the system sends the second layer alone.
COPY --from=layers /layers/extracted/dependencies/ /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ /layers/extracted/application/ ./
COPY deploy/healthy /usr/local/bin/healthy
USER 10001:10001
ENV SERVER_ADDRESS=0.0.0.0
HEALTHCHECK --interval=5s --timeout=3s --start-period=240s --retries=6 CMD ["healthy"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=65", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djava.io.tmpdir=/tmp", "org.springframework.boot.loader.launch.JarLauncher"]
