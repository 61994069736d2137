import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@assay/primitives';
import { openUploadStore, type UploadStore } from '.';

describe('uploads in a folder', () => {
  let folder: string;
  let uploads: UploadStore;
  const id = '0198f6a0-0000-7000-8000-000000000001';
  const incoming = (text: string) => {
    const path = join(folder, 'incoming');
    writeFileSync(path, text);
    return { path, bytes: text.length, sha256: sha256Hex(text) };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-uploads-'));
    uploads = openUploadStore(join(folder, 'artifacts'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are taken over, read whole and removed', async () => {
    expect(await uploads.list()).toEqual([]);
    const file = incoming('bars');
    await uploads.put(id, file);
    expect(existsSync(file.path)).toBe(false);
    const open = await uploads.open(id, file.sha256);
    expect(readFileSync(open.path, 'utf8')).toBe('bars');
    await open.done();
    const [stored] = await uploads.list();
    expect([stored!.id, Math.abs(Date.now() - stored!.storedAtMs) < 60_000]).toEqual([id, true]);
    for (let time = 0; time < 2; time += 1) await uploads.remove(id);
    expect(await uploads.list()).toEqual([]);
  });

  it('are refused where they are gone or were changed, and where an id is none', async () => {
    const file = incoming('bars');
    await expect(uploads.open(id, file.sha256)).rejects.toMatchObject({ code: 'not_found' });
    await uploads.put(id, file);
    await expect(uploads.open(id, sha256Hex('other'))).rejects.toMatchObject({ code: 'evidence_mismatch' });
    await expect(uploads.remove('../artifacts')).rejects.toThrow('must be a UUID');
  });

  it('are found where a copy from another disk broke off', async () => {
    await uploads.put(id, incoming('bars'));
    const other = id.replace(/1$/, '2');
    writeFileSync(join(folder, 'artifacts/uploads', `${other}.part`), 'ba');
    expect((await uploads.list()).map((one) => one.id)).toEqual([id, other]);
    await uploads.remove(other);
    expect((await uploads.list()).map((one) => one.id)).toEqual([id]);
  });
});
