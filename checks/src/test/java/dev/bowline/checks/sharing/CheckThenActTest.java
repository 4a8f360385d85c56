package dev.bowline.checks.sharing;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

class CheckThenActTest {
  @Test
  void reportsTwoCallsThatHaveToBeOne() {
    Fixtures.verify(CheckThenAct.class, "CheckThenActPositive");
  }

  @Test
  void acceptsOneCallAndCodeThatIsAlone() {
    Fixtures.verify(CheckThenAct.class, "CheckThenActNegative");
  }

  @Test
  void putsIfAbsent() {
    Fixtures.verifyFix(
        CheckThenAct.class,
        """
        import java.util.concurrent.ConcurrentMap;

        class Registry {
          private ConcurrentMap<String, Object> services;

          void add(String name, Object service) {
            if (!services.containsKey(name)) services.put(name, service);
            if (services.get(name) == null) {
              services.put(name, service);
            }
          }
        }
        """,
        """
        import java.util.concurrent.ConcurrentMap;

        class Registry {
          private ConcurrentMap<String, Object> services;

          void add(String name, Object service) {
            services.putIfAbsent(name, service);
            services.putIfAbsent(name, service);
          }
        }
        """);
  }

  @Test
  void computesIfAbsentWhatIsCreated() {
    Fixtures.verifyFix(
        CheckThenAct.class,
        """
        import java.util.ArrayList;
        import java.util.List;
        import java.util.Map;
        import java.util.concurrent.ConcurrentHashMap;

        class Lists {
          private final Map<String, List<String>> lists = new ConcurrentHashMap<>();

          void prepare(String key, int size) {
            if (!lists.containsKey(key)) {
              lists.put(key, new ArrayList<>(size));
            }
          }

          List<String> of(String key) {
            List<String> list = lists.get(key);
            if (list == null) {
              list = new ArrayList<>();
              lists.put(key, list);
            }
            return list;
          }
        }
        """,
        """
        import java.util.ArrayList;
        import java.util.List;
        import java.util.Map;
        import java.util.concurrent.ConcurrentHashMap;

        class Lists {
          private final Map<String, List<String>> lists = new ConcurrentHashMap<>();

          void prepare(String key, int size) {
            lists.computeIfAbsent(key, unused -> new ArrayList<>(size));
          }

          List<String> of(String key) {
            List<String> list = lists.computeIfAbsent(key, unused -> new ArrayList<>());

            return list;
          }
        }
        """);
  }

  @Test
  void merges() {
    Fixtures.verifyFix(
        CheckThenAct.class,
        """
        import java.util.concurrent.ConcurrentMap;

        class Counts {
          private ConcurrentMap<String, Integer> counts;
          private ConcurrentMap<String, Long> totals;

          void count(String key, long size) {
            counts.put(key, counts.getOrDefault(key, 0) + 1);
            totals.put(key, totals.getOrDefault(key, 0L) + size);
          }
        }
        """,
        """
        import java.util.concurrent.ConcurrentMap;

        class Counts {
          private ConcurrentMap<String, Integer> counts;
          private ConcurrentMap<String, Long> totals;

          void count(String key, long size) {
            counts.merge(key, 1, Integer::sum);
            totals.merge(key, size, Long::sum);
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereOneCallWouldNotDoTheSameOrNotCompile() {
    Fixtures.verifyNoFix(
        CheckThenAct.class,
        """
        import java.util.ArrayList;
        import java.util.List;
        import java.util.concurrent.ConcurrentMap;

        class Services {
          private ConcurrentMap<String, Object> services;
          private ConcurrentMap<String, Long> totals;
          private ConcurrentMap<String, List<String>> lists;

          void doesMore(String name, Object service) {
            if (!services.containsKey(name)) {
              services.put(name, service);
              System.out.println(name);
            }
          }

          void elseToo(String name, Object service) {
            if (!services.containsKey(name)) {
              services.put(name, service);
            } else {
              System.out.println(name);
            }
          }

          /** It may come back to the map, which computeIfAbsent does not allow. */
          void callsUs(String name) {
            if (!services.containsKey(name)) {
              services.put(name, createService(name));
            }
          }

          private Object createService(String name) {
            return services.put(name + "'", name);
          }

          void notEffectivelyFinal(String name) {
            int size = 1;
            size++;
            if (!lists.containsKey(name)) {
              lists.put(name, new ArrayList<>(size));
            }
          }

          void comment(String name, Object service) {
            if (!services.containsKey(name)) {
              // The first one wins.
              services.put(name, service);
            }
          }

          void anotherType(String name) {
            totals.put(name, totals.getOrDefault(name, 0L) + 1);
            totals.put(name, totals.getOrDefault(name, 1L) + 1L);
            totals.put(name, totals.get(name) + 1L);
          }
        }
        """);
  }

  @Test
  void leavesCodeAloneThatDoesNotResolve() {
    Fixtures.verifySource(
        CheckThenAct.class,
        "Odd.java",
        """
        import java.util.concurrent.ConcurrentHashMap;
        import java.util.function.Supplier;

        class Odd extends ConcurrentHashMap<String, String> {
          static final ConcurrentHashMap<String, String> MAP = new ConcurrentHashMap<>();
          static final Supplier<String> FIRST = () -> MAP.get("a") == null ? null : MAP.get("a");
          static final boolean HAS = MAP.containsKey("a");

          record Pair(String a, String b) {
            Pair {
              if (MAP.get(a) == null) {
                b = MAP.get(b);
              }
            }
          }

          String own(String key) {
            if (!containsKey(key)) {
              put(key, key);
            }
            return get(key);
          }
        }
        """);
  }
}
