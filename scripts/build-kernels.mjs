// Compiles the sweep kernels (AssemblyScript) and writes them as base64; with --check only compares with the file.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = 'libs/quant/src/kernels/assembly/index.ts';
const TARGET = join(root, 'libs/quant/src/kernels/kernels.generated.ts');
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--enable',
  'simd',
  '--enable',
  'bulk-memory',
];

let wasm;
const { error, stderr } = await asc.main([SOURCE, ...OPTIONS, '--outFile', 'kernels.wasm'], {
  readFile: (name, base) => {
    try {
      return readFileSync(resolve(root, base, name), 'utf8');
    } catch {
      // the compiler tries several names
      return null;
    }
  },
  writeFile: (name, data) => {
    if (name.endsWith('.wasm')) wasm = data;
  },
});
if (error) {
  console.error(stderr.toString());
  throw error;
}
const text = `/** Compiled from assembly/ by \`npm run build:kernels\`: a WebAssembly module in base64. */
export const kernelModule =
  '${Buffer.from(wasm).toString('base64')}';
`;
if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error('kernels.generated.ts is not what assembly/ compiles to: run npm run build:kernels');
  process.exitCode = 1;
}
