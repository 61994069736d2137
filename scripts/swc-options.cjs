// One set of compiler options for the build and for Jest; path aliases are read from tsconfig.base.json so they cannot drift.
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));

module.exports = {
  root,
  aliases: base.compilerOptions.paths,
  swcOptions: {
    swcrc: false,
    sourceMaps: true,
    jsc: {
      parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2022',
      keepClassNames: true,
      baseUrl: root,
      paths: base.compilerOptions.paths,
    },
    module: { type: 'commonjs', strictMode: true },
  },
};
