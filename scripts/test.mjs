// `npm test`: installs and builds what is missing, runs every Jest project, prints the real counts on one line.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap();

const report = join(root, '.assay', 'test-report.json');
mkdirSync(join(root, '.assay'), { recursive: true });
rmSync(report, { force: true });

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const args = [
  jest,
  '--maxWorkers=2',
  '--testTimeout=60000',
  '--json',
  `--outputFile=${report}`,
  ...process.argv.slice(2),
];
const code = await new Promise((done) => {
  const child = spawn(process.execPath, ['--no-warnings', '--max-semi-space-size=32', ...args], {
    cwd: root,
    // the JSON goes to the file; Jest prints its progress on stderr
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'test' },
  });
  child.on('exit', (status, signal) => done(status ?? (signal ? 1 : 0)));
});

function counts() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
}
const result = counts();
if (!result) {
  console.log('No test report was written: Jest ended before it could. 0 tests counted.');
  process.exit(code || 1);
}
const skipped = [];
for (const suite of result.testResults) {
  for (const test of suite.assertionResults) {
    if (test.status === 'pending' || test.status === 'skipped' || test.status === 'todo') skipped.push(test.fullName);
  }
  // a suite that could not even start has no assertions: it counts as one failure
  if (suite.status === 'failed' && suite.assertionResults.length === 0) result.numFailedTests += 1;
}
for (const name of skipped) console.log(`skipped: ${name}`);
console.log(`${result.numPassedTests} passed, ${result.numFailedTests} failed, ${skipped.length} skipped`);
const nothingRan = result.numPassedTests + result.numFailedTests === 0;
process.exit(code !== 0 || result.numFailedTests > 0 || nothingRan ? 1 : 0);
