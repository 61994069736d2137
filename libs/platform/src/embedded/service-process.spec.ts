import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MODULE = pathToFileURL(join(__dirname, 'service-process.mjs')).href;

/** A service that is asked every 100 ms and is hung at three misses; `body` is run once it is ready, and what was said of it is answered. */
async function watched(home: string, answers: boolean, body: string): Promise<string[]> {
  const service = join(home, `service-${answers}.cjs`);
  const answer = `if (m.type === 'ping' && ${answers}) process.send({ type: 'pong' });`;
  writeFileSync(service, `process.on('message', (m) => { ${answer} }); process.send({ type: 'ready' });`);
  const launcher = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { serviceProcess } from '${MODULE}';
    const said = [];
    const say = (level, text) => said.push(text);
    const service = serviceProcess({ name: 'it', script: ${JSON.stringify(service)}, env: process.env, say,
      watch: { everyMs: 100, misses: 3 } });
    await service.start();
    ${body}
    console.log(JSON.stringify(said));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', launcher]);
  return JSON.parse(stdout) as string[];
}

describe('a watched process', () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-watched-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is left alone while it answers, and killed when it has stopped', async () => {
    const said = await watched(
      home,
      true,
      `await sleep(1000);
       say(0, service.running ? 'runs' : 'ended');
       process.kill(service.pid, 'SIGSTOP');
       const { signal } = await service.ended();
       say(0, signal);`,
    );
    expect(said).toEqual(['runs', 'it has not answered for 0 s and is killed', 'SIGKILL']);
  });

  it('is killed when it runs and answers nothing', async () => {
    const said = await watched(home, false, 'say(0, (await service.ended()).signal);');
    expect(said.at(-1)).toBe('SIGKILL');
  });
});
