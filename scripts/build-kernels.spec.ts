import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('the committed kernels are what their source compiles to', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, 'build-kernels.mjs'), '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
