package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ContextKeyNotConstantTest {
  @Test
  void reportsKeysThatMatchNoOther() {
    Fixtures.verify(ContextKeyNotConstant.class, "ContextKeyNotConstantPositive");
  }

  @Test
  void acceptsConstantsHoldersFactoriesAndWhatEscapes() {
    Fixtures.verify(ContextKeyNotConstant.class, "ContextKeyNotConstantNegative");
  }

  @Test
  void acceptsTestCode() {
    Fixtures.verify(ContextKeyNotConstant.class, "ContextKeyNotConstantInTest");
  }

  @Test
  void reportsConfiguredKeys() {
    Fixtures.verifySource(
        ContextKeyNotConstant.class,
        "Client",
        """
        import io.grpc.CallOptions;

        class Client {
          private static final CallOptions.Key<String> USER = CallOptions.Key.create("user");

          CallOptions options(String user) {
            return CallOptions.DEFAULT
                .withOption(USER, user)
                // BUG: Diagnostic contains: nobody else can read what is put under it
                .withOption(CallOptions.Key.create("user"), user);
          }

          String ownKey(Settings settings) {
            // BUG: Diagnostic contains: no value can have been put under it
            return settings.getString(new Settings.Key("user"));
          }

          static class Settings {
            String getString(Key key) {
              return "";
            }

            static class Key {
              Key(String name) {}
            }
          }
        }
        """,
        "-XepOpt:ContextKeyNotConstant:Methods=io.grpc.CallOptions.Key#create,Client.Settings.Key#<init>");
  }

  @Tag("jdk25")
  @Test
  void reportsScopedValues() {
    Fixtures.verifySource(
        ContextKeyNotConstant.class,
        "Server",
        """
        class Server {
          private static final ScopedValue<String> USER = ScopedValue.newInstance();

          void handle(String user, Runnable task) {
            ScopedValue.where(USER, user).run(task);
            // BUG: Diagnostic contains: nobody else can read what is put under it
            ScopedValue.where(ScopedValue.newInstance(), user).run(task);
          }

          void local(String user) {
            ScopedValue<String> kept = ScopedValue.newInstance();
            ScopedValue.where(kept, user).run(() -> System.out.println(kept.get()));
            // BUG: Diagnostic contains: 'lost' is made anew by each call, so no value can
            ScopedValue<String> lost = ScopedValue.newInstance();
            System.out.println(lost.orElse("nobody"));
          }

          static final class Holder {
            private final ScopedValue<String> value = ScopedValue.newInstance();

            void run(String user, Runnable task) {
              ScopedValue.where(value, user).run(task);
            }

            String get() {
              return value.isBound() ? value.get() : "";
            }
          }
        }
        """);
  }

  @Test
  void movesKeysIntoConstants() {
    Fixtures.verifyFix(
        ContextKeyNotConstant.class,
        """
        import io.grpc.Context;
        import io.opentelemetry.context.ContextKey;

        class Service {
          private final int port;

          Service(int port) {
            this.port = port;
          }

          io.opentelemetry.context.Context write(io.opentelemetry.context.Context ctx, String user) {
            return ctx.with(ContextKey.named("userId"), user);
          }

          String read(io.opentelemetry.context.Context ctx) {
            return ctx.get(ContextKey.named("userId"));
          }

          Context authority(String name) {
            return Context.current().withValue(Context.key("call.authority"), name);
          }

          String local() {
            Context.Key<String> key = Context.key("local");
            return key.get();
          }

          static Context.Key<Integer> portKey() {
            return Context.key("port");
          }
        }
        """,
        """
        import io.grpc.Context;
        import io.opentelemetry.context.ContextKey;

        class Service {
          private static final ContextKey<String> USER_ID = ContextKey.named("userId");
          static final Context.Key<String> CALL_AUTHORITY = Context.key("call.authority");
          static final Context.Key<String> LOCAL = Context.key("local");
          private static final Context.Key<Integer> PORT = Context.key("port");
          private final int port;

          Service(int port) {
            this.port = port;
          }

          io.opentelemetry.context.Context write(io.opentelemetry.context.Context ctx, String user) {
            return ctx.with(USER_ID, user);
          }

          String read(io.opentelemetry.context.Context ctx) {
            return ctx.get(USER_ID);
          }

          Context authority(String name) {
            return Context.current().withValue(CALL_AUTHORITY, name);
          }

          String local() {
            Context.Key<String> key = LOCAL;
            return key.get();
          }

          static Context.Key<Integer> portKey() {
            return PORT;
          }
        }
        """);
  }

  @Test
  void usesTheConstantThatIsThere() {
    Fixtures.verifyFix(
        ContextKeyNotConstant.class,
        """
        import io.grpc.Context;

        class Service {
          private static final Context.Key<String> NAME = Context.key("user");

          Context put(String user) {
            return Context.current().withValue(NAME, user);
          }

          String get() {
            return Context.<String>key("user").get();
          }
        }
        """,
        """
        import io.grpc.Context;

        class Service {
          private static final Context.Key<String> NAME = Context.key("user");

          Context put(String user) {
            return Context.current().withValue(NAME, user);
          }

          String get() {
            return NAME.get();
          }
        }
        """);
  }

  @Test
  void givesConstantsANameOfTheirOwn() {
    Fixtures.verifyFix(
        ContextKeyNotConstant.class,
        """
        import io.grpc.Context;
        import java.util.List;

        class Service {
          private static final String USER = "u";

          class Inner {
            Context put(List<String> user) {
              return Context.current().withValue(Context.key("user"), user);
            }
          }
        }
        """,
        """
        import io.grpc.Context;
        import java.util.List;

        class Service {
          static final Context.Key<List<String>> USER_KEY = Context.key("user");
          private static final String USER = "u";

          class Inner {
            Context put(List<String> user) {
              return Context.current().withValue(USER_KEY, user);
            }
          }
        }
        """);
  }

  @Test
  void takesConstantsOfOtherClassesForTheName() {
    Fixtures.verifyFix(
        ContextKeyNotConstant.class,
        """
        import static java.util.jar.JarFile.MANIFEST_NAME;

        import io.grpc.Context;
        import javax.naming.spi.NamingManager;

        class Service {
          Context imported(String value) {
            return Context.current().withValue(Context.key(MANIFEST_NAME), value);
          }

          String selected() {
            return Context.<String>key(NamingManager.CPE).get();
          }
        }
        """,
        """
        import static java.util.jar.JarFile.MANIFEST_NAME;

        import io.grpc.Context;
        import javax.naming.spi.NamingManager;

        class Service {
          static final Context.Key<String> MANIFEST_NAME_KEY = Context.key(MANIFEST_NAME);
          static final Context.Key<String> CPE_KEY = Context.<String>key(NamingManager.CPE);

          Context imported(String value) {
            return Context.current().withValue(MANIFEST_NAME_KEY, value);
          }

          String selected() {
            return CPE_KEY.get();
          }
        }
        """);
  }

  @Test
  void leavesKeysWhoseConstantsWouldHaveOneName() {
    Fixtures.verifyNoFix(
        ContextKeyNotConstant.class,
        """
        import io.grpc.Context;
        import io.opentelemetry.context.ContextKey;

        class In {
          Context put(String user) {
            return Context.current().withValue(Context.key("user"), user);
          }

          Object get() {
            return Context.key("user").get();
          }

          String traced(io.opentelemetry.context.Context ctx) {
            return ctx.get(ContextKey.named("User"));
          }

          static Context.Key<Integer> userKey() {
            return Context.key("user");
          }
        }
        """);
  }

  @Test
  void addsTheMissingModifier() {
    Fixtures.verifyFix(
        ContextKeyNotConstant.class,
        """
        import io.grpc.Context;

        class Keys {
          private static Context.Key<String> user = Context.key("user");
          private final Context.Key<String> ROLE = Context.key("role");

          String get() {
            return user.get() + ROLE.get() + ROLE;
          }
        }
        """,
        """
        import io.grpc.Context;

        class Keys {
          private static final Context.Key<String> user = Context.key("user");
          private static final Context.Key<String> ROLE = Context.key("role");

          String get() {
            return user.get() + ROLE.get() + ROLE;
          }
        }
        """);
  }

  @Test
  void leavesWhatMightNotCompile() {
    Fixtures.verifyNoFix(
        ContextKeyNotConstant.class,
        """
        import io.grpc.Context;

        class In<T> {
          static Context.Key<String> seenByOthers = Context.key("a");
          private static volatile Context.Key<String> changing = Context.key("b");

          Context typeVariable(T value) {
            return Context.current().withValue(Context.key("c"), value);
          }

          Context nameIsComputed(String name) {
            return Context.current().withValue(Context.key(name), name);
          }

          Context nameIsOfThisClass(String name) {
            return Context.current().withValue(Context.key(NAME), name);
          }

          static final String NAME = "name";

          Context noName(String name) {
            return Context.current().withValue(Context.key("4%"), name);
          }

          Context local() {
            class Local {}
            return Context.current().withValue(Context.key("d"), new Local());
          }

          interface Reader {
            default String get() {
              return Context.<String>key("e").get();
            }
          }
        }
        """);
  }
}
