// Preloaded by every process that a spec starts: what the first process of a kind has compiled and found serves those after it. A run
// starts services a hundred times, each of thousands of modules. The folder is of one run, in which no source changes.
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve, sep } = require('node:path');
const vm = require('node:vm');
const { threadId } = require('node:worker_threads');

const ROOT = resolve(__dirname, '../../../..');
const folder = process.env.ASSAY_COMPILE_CACHE;
const entry = process.argv[1] ?? '';
/** Fewer new modules than this are not worth a new file. */
const WORTH_KEEPING = 20;
const LOOK_EVERY_MS = 2_000;

if (folder && entry.startsWith(ROOT) && !entry.includes(`${sep}node_modules${sep}`)) useCache();

function useCache() {
  const kind = createHash('sha256').update(`${entry} ${threadId === 0}`);
  const kept = join(folder, kind.digest('hex'));
  const { resolved, code } = read(kept);
  const compiled = new Map();

  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    if (options || !parent?.filename) return resolveFilename.call(this, request, parent, isMain, options);
    const key = `${dirname(parent.filename)}\0${request}`;
    return (resolved[key] ??= resolveFilename.call(this, request, parent, isMain));
  };

  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, format) {
    const script = format === 'module' ? undefined : scriptOf(content, filename, code.get(filename));
    // an ES module, or no module at all: Node knows what to do
    if (!script) return compile.call(this, content, filename, format);
    if (script.cachedDataRejected !== false) compiled.set(filename, script);
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
  };

  const keep = () => {
    if (compiled.size < WORTH_KEEPING) return;
    for (const [filename, script] of compiled) code.set(filename, script.createCachedData());
    compiled.clear();
    write(kept, resolved, code);
  };
  setInterval(keep, LOOK_EVERY_MS).unref();
  process.on('exit', keep);
}

/** @returns nothing where the text is not CommonJS */
function scriptOf(content, filename, cachedData) {
  try {
    return new vm.Script(Module.wrap(content.replace(/^#!/, '//')), {
      filename,
      cachedData,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** As Node makes it for each module. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

/** A file is the length of its index, the index as JSON, then the code of each module. */
function read(file) {
  try {
    const bytes = readFileSync(file);
    const start = 4 + bytes.readUInt32LE(0);
    const { resolved, modules } = JSON.parse(bytes.toString('utf8', 4, start));
    let at = start;
    const code = new Map(modules.map(([name, length]) => [name, bytes.subarray(at, (at += length))]));
    return { resolved, code };
  } catch {
    return { resolved: {}, code: new Map() };
  }
}

function write(file, resolved, code) {
  const modules = [...code].map(([name, bytes]) => [name, bytes.length]);
  const index = Buffer.from(JSON.stringify({ resolved, modules }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(index.length);
  const own = `${file}-${process.pid}-${threadId}`;
  try {
    writeFileSync(own, Buffer.concat([length, index, ...code.values()]));
    renameSync(own, file);
  } catch {
    // the folder goes with its run
  }
}
