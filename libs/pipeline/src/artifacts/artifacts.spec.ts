import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@assay/primitives';
import { FileArtifactStore, openArtifactStore, sha256OfUri, artifactUri } from '.';

describe('file artifact store', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-artifacts-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const content = new TextEncoder().encode('{"intercept":0.1}');
  const sha256 = sha256Hex(content);

  it('gives back the bytes under their hash', async () => {
    const store = new FileArtifactStore(directory);
    expect(await store.has(sha256)).toBe(false);
    const stored = await store.put(content);
    expect(stored).toEqual({ uri: `artifact:sha256/${sha256}`, sha256, bytes: content.length });
    expect(await store.has(sha256)).toBe(true);
    expect(Buffer.from(await store.get(sha256)).equals(Buffer.from(content))).toBe(true);
  });

  it('stores the same bytes once, also when many write at the same time, and leaves no temporary file', async () => {
    const store = new FileArtifactStore(directory);
    await Promise.all(Array.from({ length: 8 }, () => store.put(content)));
    expect(await readdir(join(directory, sha256.slice(0, 2)))).toEqual([sha256.slice(2)]);
  });

  it('refuses bytes that do not have their hash', async () => {
    const store = new FileArtifactStore(directory);
    await store.put(content);
    await writeFile(join(directory, sha256.slice(0, 2), sha256.slice(2)), 'other');
    await expect(store.get(sha256)).rejects.toMatchObject({ code: 'evidence_mismatch' });
  });

  it('says which artifact is absent', async () => {
    await expect(new FileArtifactStore(directory).get(sha256)).rejects.toMatchObject({
      code: 'not_found',
      message: `artifact ${sha256} is not stored`,
    });
  });

  it('never reads a path that is no hash', async () => {
    await expect(new FileArtifactStore(directory).get('../../etc/passwd')).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('opens paths and file URLs', async () => {
    await openArtifactStore(directory).put(content);
    expect(await openArtifactStore(`file://${directory}`).has(sha256)).toBe(true);
    expect(() => openArtifactStore('ftp://host/bucket')).toThrow('was ftp://host/bucket');
  });

  it('reads a hash back from its address', () => {
    expect(sha256OfUri(artifactUri(sha256))).toBe(sha256);
    expect(() => sha256OfUri('artifact:sha256/zz')).toThrow('64 lower-case hexadecimal digits');
  });
});
