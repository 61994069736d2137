// Compiles the kernels (AssemblyScript) and writes them as base64; with --check only compares with the files.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
// where `assembly/index.ts` is compiled to the file beside it
const MODULES = [
  { folder: 'libs/quant/src/kernels', target: 'kernels.generated.ts', name: 'kernelModule' },
  { folder: 'libs/quant/src/validation/kernels', target: 'products.generated.ts', name: 'productsModule' },
];
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

async function compile(source) {
  let wasm;
  const { error, stderr } = await asc.main([source, ...OPTIONS, '--outFile', 'kernels.wasm'], {
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
  if (!error) return Buffer.from(wasm).toString('base64');
  console.error(stderr.toString());
  throw error;
}

for (const { folder, target, name } of MODULES) {
  const text = `/** Compiled from assembly/ by \`npm run build:kernels\`: a WebAssembly module in base64. */
export const ${name} =
  '${await compile(`${folder}/assembly/index.ts`)}';
`;
  const path = join(root, folder, target);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${target} is not what assembly/ compiles to: run npm run build:kernels`);
    process.exitCode = 1;
  }
}
