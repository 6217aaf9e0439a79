package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.javix.posix.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** jq: filters, regular expressions by its library, numbers, text that is not ASCII, errors. */
@Timeout(120)
class JqTest {
    @Test
    void filters() throws IOException {
        String script = """
                j='{"users":[{"name":"Ada","age":36,"tags":["x","y"]},{"name":"Çelik","age":44.5,"tags":["y"]}],"none":null}'
                echo "$j" | jq -c '.users | map(select(.age >= 18) | {name, n: (.tags | length)}) | sort_by(.name) | reverse'
                echo "$j" | jq -r '.users[] | "\\(.name | ascii_downcase): \\(.age * 2)"'
                echo "$j" | jq -c '[.users[].tags[]] | group_by(.) | map({(.[0]): length}) | add'
                echo "$j" | jq -r '.users[].name | select(test("^[A-C]\\\\w+$")) | sub("(?<v>[aeiou])"; "<\\(.v)>"), [match("."; "g").offset][1]'
                jq -n -c '[limit(5; def f: ., (. * 2 | f); 1 | f)], ([1, [2, [3]]] | flatten), (1e1000 | tostring), (0 | todate)'
                jq -n -c '([3, 1, 2] | sort | @csv), ("x y&" | @uri, @html, @base64), ("\\u00e9\\ud83d\\ude00" | utf8bytelength, length)'
                echo '{"a":1}{"a":2}' | jq -s --arg x v --argjson y '[1]' -c '[.[].a, $x, $y, $ENV.HOME]'
                echo '{"b":1,"a":[1,2]}' | jq -S --tab .
                echo '[[0],1]' | jq --stream -c .
                jq -n '[range(100000)] | map(. * .) | add'
                echo '[1,{"a":2' | jq . || echo failed
                echo '"a"' | jq '.[0]'; echo $?; echo '[3]' | jq -e '.[1]'; echo $?; jq -n 'error("thrown")'; echo $?
                """;
        try (Sandbox sandbox = JavixMachine.builder().build()) {
            assertEquals("""
                    [{"name":"Çelik","n":1},{"name":"Ada","n":2}]
                    ada: 72
                    Çelik: 89
                    {"x":1,"y":2}
                    Ad<a>
                    1
                    [1,2,4,8,16]
                    [1,2,3]
                    "1.7976931348623157e+308"
                    "1970-01-01T00:00:00Z"
                    "1,2,3"
                    "x%20y%26"
                    "x y&amp;"
                    "eCB5Jg=="
                    6
                    2
                    [1,2,"v",[1],"/tmp"]
                    {
                    	"a": [
                    		1,
                    		2
                    	],
                    	"b": 1
                    }
                    [[0,0],0]
                    [[0,0]]
                    [[1],1]
                    [[1]]
                    333328333350000
                    parse error: Unfinished JSON term at EOF at line 2, column 0
                    failed
                    jq: error (at <stdin>:1): Cannot index string with number
                    5
                    null
                    1
                    jq: error (at <unknown>): thrown
                    5
                    """, sandbox.command("sh", "-c", script).mergeError().run().text());
        }
    }
}
