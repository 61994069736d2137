import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TRANSACTIONS = [
  {
    selector:
      'CallExpression[callee.property.name=/^(run|transaction)$/][callee.object.property.name=/^(tx|transactions|dataSource|db)$/] > :function ' +
      "MemberExpression[object.type='ThisExpression'][property.name=/^(db|dataSource|tx|transactions)$/]",
    message: 'Inside a transaction its manager is the only way to the database.',
  },
  {
    selector: "CallExpression[callee.object.name='Promise'][callee.property.name=/^all/] Identifier[name='em']",
    message: 'A transaction has one connection, which runs one statement at a time: use inTurn.',
  },
];

const RAW_SQL = {
  selector: "CallExpression[callee.property.name='query'][callee.object]",
  message: 'SQL stands in the stores of records: ask one of them.',
};

const ALIASED_REQUIRE = {
  selector:
    'CallExpression:matches([callee.name=/[rR]equire/], [callee.object.name=/[rR]equire/]) > Literal[value=/^@assay\\u002F/]',
  message: 'The build rewrites no name in a require: give the path to the file.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.assay/**',
      'coverage/**',
      '**/kernels/assembly/**',
      'apps/web/src/api/generated/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': ['error', ...TRANSACTIONS, ALIASED_REQUIRE],
      'no-console': 'off',
      'prefer-const': 'error',
    },
  },
  {
    files: ['apps/*/src/**/*.ts'],
    ignores: [
      '**/*.spec.ts',
      'apps/*/src/records/**/*.store.ts',
      // sessions and locks
      'apps/trade/src/database/*.ts',
      // the paper venue is a system of its own, which keeps its books itself
      'apps/trade/src/adapters/paper/{client,store}.ts',
      // bind the stores of libraries to a connection
      'apps/trade/src/bars/{series-store,fresh-bars}.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...TRANSACTIONS, ALIASED_REQUIRE, RAW_SQL] },
  },
  {
    // pure folders: no clock and no randomness but what is handed in
    files: ['libs/quant/**/*.ts', 'libs/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take a seeded Rng as an argument.' },
        { object: 'Date', property: 'now', message: 'Take a Clock as an argument.' },
      ],
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'performance'],
    },
  },
  {
    ...hooks.configs.flat['recommended-latest'],
    files: ['apps/web/src/**/*.{ts,tsx}'],
  },
  {
    ...a11y.flatConfigs.strict,
    files: ['apps/web/src/**/*.tsx'],
  },
  {
    files: ['apps/web/public/*.js'],
    languageOptions: { sourceType: 'script', globals: { window: 'readonly', document: 'readonly' } },
  },
  {
    // answers from the wire, and what runs within a page, are read as they come
    files: ['**/*.spec.ts', 'apps/*/test/**/*.ts', 'scripts/screenshots/stack.ts', 'scripts/bench/web/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        AbortController: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        globalThis: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
