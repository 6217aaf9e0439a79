// Runs a kernel that was built for Javix on V8, the very same module: node v8.mjs PROGRAM [ARGS]
// Answers the few system calls that a kernel makes; all others fail with ENOSYS.
import { readFileSync, writeSync } from 'node:fs';

const ENOSYS = -38;
const ENOMEM = -12;
const PAGE = 65536;
const words = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(words[0]));
let memory, top;

const view = () => new DataView(memory.buffer);

// What a process finds on its stack: argc, argv, NULL, envp, NULL, the auxiliary vector, strings.
function image(at) {
  const strings = words.map((word) => Buffer.from(word + '\0'));
  let text = at + 4 * (words.length + 5);
  const data = view();
  data.setUint32(at, words.length, true);
  strings.forEach((string, i) => {
    data.setUint32(at + 4 + 4 * i, text, true);
    new Uint8Array(memory.buffer).set(string, text);
    text += string.length;
  });
  new Uint8Array(memory.buffer).fill(0, at + 4 + 4 * words.length, at + 4 * (words.length + 5));
  return 0;
}

// What was unmapped, by its length: allocators map and unmap the same few lengths again and again.
const free = new Map();

function unmap(at, length) {
  if (!free.has(length)) {
    free.set(length, []);
  }
  free.get(length).push(at);
  return 0;
}

// Gives out zeroes: what was unmapped, or fresh ones at the end of the memory.
function map(hint, length) {
  const again = free.get(length)?.pop();
  if (again !== undefined) {
    new Uint8Array(memory.buffer, again, length).fill(0);
    return again;
  }
  const at = top;
  top += Math.ceil(length / 4096) * 4096;
  const missing = Math.ceil(top / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) {
    memory.grow(missing);
  }
  return at;
}

function writev(fd, vectors, count) {
  let total = 0;
  for (let i = 0; i < count; i++) {
    const at = view().getUint32(vectors + 8 * i, true);
    const length = view().getUint32(vectors + 8 * i + 4, true);
    writeSync(fd, new Uint8Array(memory.buffer, at, length));
    total += length;
  }
  return total;
}

const calls = {
  exec_image_size: () => 4 * (words.length + 5) + Buffer.byteLength(words.join('\0')) + 1,
  exec_image: image,
  exit_group: (status) => process.exit(status),
  clock_gettime: (clock, at) => {
    const now = process.hrtime.bigint();
    view().setBigInt64(at, now / 1000000000n, true);
    view().setInt32(at + 8, Number(now % 1000000000n), true);
    return 0;
  },
  writev,
  brk: (at) => (at === 0 ? top : ENOMEM),
  heap_map: map,
  heap_unmap: unmap,
};

const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  (imports[from] ??= {})[name] = calls[name] ?? (() => ENOSYS);
}
const instance = new WebAssembly.Instance(module, imports);
memory = instance.exports.memory;
top = memory.buffer.byteLength;
instance.exports._start();
