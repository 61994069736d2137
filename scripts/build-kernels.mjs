// Compiles the kernels (AssemblyScript) and writes them as base64; with --check only compares with the files.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const KERNELS = 'libs/quant/src/kernels';
const PRODUCTS = 'libs/quant/src/validation/kernels';
const TREES = 'libs/quant/src/models/trees';
const MATRIX = 'libs/quant/src/indicators/matrix';
const MODULES = [
  { source: `${KERNELS}/assembly/index.ts`, target: `${KERNELS}/kernels.generated.ts`, name: 'kernelModule' },
  {
    source: `${KERNELS}/assembly/rolling-mean.ts`,
    target: `${KERNELS}/rolling-mean.generated.ts`,
    name: 'rollingMeanModule',
  },
  { source: `${PRODUCTS}/assembly/index.ts`, target: `${PRODUCTS}/products.generated.ts`, name: 'productsModule' },
  {
    source: `${PRODUCTS}/assembly/index.ts`,
    target: `${PRODUCTS}/shared-products.generated.ts`,
    name: 'sharedProductsModule',
    isShared: true,
  },
  { source: `${PRODUCTS}/assembly/splits.ts`, target: `${PRODUCTS}/splits.generated.ts`, name: 'splitsModule' },
  { source: `${TREES}/assembly/bins.ts`, target: `${TREES}/bins.generated.ts`, name: 'binsModule' },
  { source: `${TREES}/assembly/histograms.ts`, target: `${TREES}/histograms.generated.ts`, name: 'histogramsModule' },
  {
    source: `${TREES}/assembly/histograms.ts`,
    target: `${TREES}/shared-histograms.generated.ts`,
    name: 'sharedHistogramsModule',
    isShared: true,
  },
  { source: `${TREES}/assembly/walks.ts`, target: `${TREES}/walks.generated.ts`, name: 'walksModule' },
  { source: `${MATRIX}/assembly/index.ts`, target: `${MATRIX}/kernels/matrix.generated.ts`, name: 'matrixModule' },
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
/** For a memory that threads share. */
const SHARED = ['--sharedMemory', '--maximumMemory', '65536', '--enable', 'threads'];

async function compile(source, isShared) {
  let wasm;
  const { error, stderr } = await asc.main(
    [source, ...OPTIONS, ...(isShared ? SHARED : []), '--outFile', 'kernels.wasm'],
    {
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
    },
  );
  if (!error) return Buffer.from(wasm).toString('base64');
  console.error(stderr.toString());
  throw error;
}

for (const { source, target, name, isShared } of MODULES) {
  const text = `/** Compiled from assembly/ by \`npm run build:kernels\`: a WebAssembly module in base64. */
export const ${name} =
  '${await compile(source, isShared)}';
`;
  const path = join(root, target);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${target} is not what its source compiles to: run npm run build:kernels`);
    process.exitCode = 1;
  }
}
