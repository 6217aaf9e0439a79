package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.javix.posix.Sandbox;
import org.junit.jupiter.api.Test;

/** Programs know the time zones of the world, by name and as the system's own: the answers are those of Linux's date. */
class TimeZoneTest {
    @Test
    void dateKnowsZonesAtAllTimes() throws Exception {
        String script = """
                for zone in Europe/Berlin America/New_York Asia/Calcutta Australia/Lord_Howe :Europe/London; do
                  for day in 1900-01-01 1970-01-01 2024-01-01 2050-07-01; do
                    printf '%s, ' "$(TZ=$zone date -d "$day UTC" '+%F %T %Z')"
                  done
                  echo
                done
                ln -s /usr/share/zoneinfo/Pacific/Chatham /etc/localtime
                date -d 2024-01-01T00:00:00Z '+%F %T %z'
                TZ=Europe/Paris date -d '2024-03-31 02:30' 2>/dev/null || echo there is no such time
                """;
        try (Sandbox sandbox = JavixMachine.builder().build()) {
            assertEquals("""
                    1900-01-01 01:00:00 CET, 1970-01-01 01:00:00 CET, 2024-01-01 01:00:00 CET, 2050-07-01 02:00:00 CEST,\s
                    1899-12-31 19:00:00 EST, 1969-12-31 19:00:00 EST, 2023-12-31 19:00:00 EST, 2050-06-30 20:00:00 EDT,\s
                    1900-01-01 05:21:10 MMT, 1970-01-01 05:30:00 IST, 2024-01-01 05:30:00 IST, 2050-07-01 05:30:00 IST,\s
                    1900-01-01 10:00:00 AEST, 1970-01-01 10:00:00 AEST, 2024-01-01 11:00:00 +11, 2050-07-01 10:30:00 +1030,\s
                    1900-01-01 00:00:00 GMT, 1970-01-01 01:00:00 BST, 2024-01-01 00:00:00 GMT, 2050-07-01 01:00:00 BST,\s
                    2024-01-01 13:45:00 +1345
                    there is no such time
                    """, sandbox.command("sh", "-c", script).mergeError().run().text());
        }
    }
}
