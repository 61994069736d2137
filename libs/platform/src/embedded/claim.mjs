import { accessSync, constants, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf } from './process-table.mjs';
import { StartFault } from './start-fault.mjs';

/** Makes sure that `dir` exists and can be written. @throws StartFault that says what to do */
export function writableDirectory(dir) {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartFault(
      `the data directory ${dir} cannot be written (${error.code}): make it a folder of this user, or set ASSAY_DATA_DIR to another one`,
    );
  }
}

function holder(text) {
  const [id, start] = text.split('\n');
  const pid = Number(id);
  if (!(pid > 0) || pid === process.pid || !isAlive(pid)) return undefined;
  // An id is given again sooner or later; the same id with another start is another program.
  return start === startOf(pid) ? pid : undefined;
}

const inUse = (dir, pid) =>
  new StartFault(
    `the data directory ${dir} is in use by process ${pid}: stop that one, or set ASSAY_DATA_DIR to another folder`,
  );

/**
 * One launcher at a time works in `dir`; the mark of one that was killed is taken over.
 *
 * @returns {{ tookOver: boolean, release(): void }}
 * @throws StartFault when a living launcher has it
 */
export function claim(dir) {
  const file = join(dir, 'launcher.pid');
  const mine = `${process.pid}\n${startOf(process.pid) ?? ''}\n`;
  const release = () => rmSync(file, { force: true });
  for (let tookOver = false; ; tookOver = true) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      return { tookOver, release };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const aside = `${file}.${process.pid}`;
    try {
      const seen = readFileSync(file, 'utf8');
      const pid = holder(seen);
      if (pid) throw inUse(dir, pid);
      renameSync(file, aside);
      // Two launchers may take over at once: what the other one wrote meanwhile is put back.
      if (readFileSync(aside, 'utf8') !== seen) linkSync(aside, file);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(aside, { force: true });
    }
  }
}
