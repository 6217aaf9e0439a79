/* Lua: closures, tables, strings, sorting with a callback, and floating point. */
#include <stdio.h>
#include "kernel.h"
#include "lauxlib.h"
#include "lualib.h"

static const char SCRIPT[] =
    "local function fibonacci(n) if n < 2 then return n end return fibonacci(n - 1) + fibonacci(n - 2) end\n"
    "local function sieve(n)\n"
    "  local composite, count = {}, 0\n"
    "  for i = 2, n do\n"
    "    if not composite[i] then count = count + 1; for j = i * i, n, i do composite[j] = true end end\n"
    "  end\n"
    "  return count\n"
    "end\n"
    "local function words(n)\n"
    "  local counts, text = {}, {}\n"
    "  for i = 1, n do text[#text + 1] = 'word' .. i % 37 end\n"
    "  for word in table.concat(text, ' '):gmatch('%a+%d+') do counts[word] = (counts[word] or 0) + 1 end\n"
    "  local list = {}\n"
    "  for word, count in pairs(counts) do list[#list + 1] = word:upper() .. '=' .. count end\n"
    "  table.sort(list, function(a, b) return a > b end)\n"
    "  return #table.concat(list, ',')\n"
    "end\n"
    "local function integral(n)\n"
    "  local sum = 0.0\n"
    "  for i = 1, n do local x = (i - 0.5) / n; sum = sum + 4 / (1 + x * x) end\n"
    "  return sum / n\n"
    "end\n"
    "return function()\n"
    "  return fibonacci(18) + sieve(3000) + words(500) + math.floor(integral(5000) * 1000)\n"
    "end\n";

static lua_State *state;

static void check(int status) {
    if (status != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(state, -1));
        exit(1);
    }
}

void prepare(void) {
    state = luaL_newstate();
    luaL_openlibs(state);
    check(luaL_loadstring(state, SCRIPT));
    check(lua_pcall(state, 0, 1, 0));
}

void run(long count) {
    while (count-- > 0) {
        lua_pushvalue(state, -1);
        check(lua_pcall(state, 0, 1, 0));
        sink = (uint32_t) lua_tointeger(state, -1);
        lua_pop(state, 1);
    }
}
