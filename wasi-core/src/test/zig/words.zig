// Counts words, in Zig, whose standard library calls WASI itself: allocators, hash maps, files, directories, sleep.
//
// args: words a b a
// env: GREETING=hello
// stdin: c a
// stdout: hello
// stdout: a 3
// stdout: b 1
// stdout: c 1
// stdout: dir file.txt 9 true
// stdout: moved
// stdout: error.FileNotFound error.PathAlreadyExists error.DirNotEmpty
// stdout: slept true
// exit: 7
const std = @import("std");

const Counts = std.StringArrayHashMap(usize);

fn count(counts: *Counts, word: []const u8) !void {
    const entry = try counts.getOrPutValue(word, 0);
    entry.value_ptr.* += 1;
}

fn lessThan(_: void, a: []const u8, b: []const u8) bool {
    return std.mem.lessThan(u8, a, b);
}

fn printSorted(allocator: std.mem.Allocator, counts: *const Counts, out: anytype) !void {
    const words = try allocator.dupe([]const u8, counts.keys());
    defer allocator.free(words);
    std.mem.sort([]const u8, words, {}, lessThan);
    for (words) |word| {
        try out.print("{s} {d}\n", .{ word, counts.get(word).? });
    }
}

fn files(allocator: std.mem.Allocator, out: anytype) !void {
    const root = std.fs.cwd();
    try root.makeDir("dir");
    try root.writeFile("file.txt", "something");
    var names = std.ArrayList([]const u8).init(allocator);
    var directory = try root.openIterableDir(".", .{});
    defer directory.close();
    var entries = directory.iterate();
    while (try entries.next()) |entry| {
        try names.append(try allocator.dupe(u8, entry.name));
    }
    std.mem.sort([]const u8, names.items, {}, lessThan);
    const file = try root.statFile("file.txt");
    const recent = file.mtime > std.time.nanoTimestamp() - std.time.ns_per_hour;
    try out.print("{s} {s} {d} {}\n", .{ names.items[0], names.items[1], file.size, recent });
    try root.rename("file.txt", "dir/moved");
    var inner = try root.openIterableDir("dir", .{});
    defer inner.close();
    var moved = inner.iterate();
    try out.print("{s}\n", .{(try moved.next()).?.name});
    const missing = if (root.openFile("none", .{})) |_| unreachable else |err| err;
    const twice = if (root.makeDir("dir")) |_| unreachable else |err| err;
    const full = if (root.deleteDir("dir")) |_| unreachable else |err| err;
    try out.print("{} {} {}\n", .{ missing, twice, full });
}

pub fn main() !u8 {
    var general = std.heap.GeneralPurposeAllocator(.{}){};
    var arena = std.heap.ArenaAllocator.init(general.allocator());
    const allocator = arena.allocator();
    const out = std.io.getStdOut().writer();
    const environment = try std.process.getEnvMap(allocator);
    try out.print("{s}\n", .{environment.get("GREETING").?});

    var counts = Counts.init(allocator);
    const arguments = try std.process.argsAlloc(allocator);
    for (arguments[1..]) |argument| {
        try count(&counts, argument);
    }
    const input = try std.io.getStdIn().readToEndAlloc(allocator, 4096);
    var words = std.mem.tokenizeAny(u8, input, " \n");
    while (words.next()) |word| {
        try count(&counts, word);
    }
    try printSorted(allocator, &counts, out);
    try files(allocator, out);

    var timer = try std.time.Timer.start();
    std.time.sleep(20 * std.time.ns_per_ms);
    try out.print("slept {}\n", .{timer.read() >= 20 * std.time.ns_per_ms});
    return 7;
}
