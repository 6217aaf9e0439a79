// Counts words, in AssemblyScript: classes, maps, closures, garbage collection, and WASI by its shim.
//
// args: words times 2
// env: GREETING=hello
// stdin: to be or not to be
// stdout: words times 2 hello
// stdout: be 2
// stdout: not 1
// stdout: or 1
// stdout: to 2
// stdout: 199990000 true
// exit: 3

class Counter {
  private counts: Map<string, i32> = new Map();

  add(word: string): void {
    this.counts.set(word, this.counts.has(word) ? this.counts.get(word) + 1 : 1);
  }

  lines(): string[] {
    return this.counts
      .keys()
      .sort((a, b) => (a < b ? -1 : 1))
      .map<string>((word, i, all) => word);
  }

  count(word: string): i32 {
    return this.counts.get(word);
  }
}

console.log(process.argv.join(" ") + " " + process.env.get("GREETING"));

const buffer = new Uint8Array(1024);
const length = process.stdin.read(buffer.buffer);
const words = String.UTF8.decode(buffer.buffer.slice(0, <i32>length)).trim().split(" ");
const counter = new Counter();
for (let i = 0; i < words.length; i++) {
  counter.add(words[i]);
}
const lines = counter.lines();
for (let i = 0; i < lines.length; i++) {
  console.log(lines[i] + " " + counter.count(lines[i]).toString());
}

// Much garbage.
let sum: i64 = 0;
for (let i = 0; i < 20000; i++) {
  const numbers = new Array<i64>();
  numbers.push(i);
  sum += numbers[0];
}
console.log(sum.toString() + " " + (Date.now() > 1700000000000).toString());
process.exit(3);
