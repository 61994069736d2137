import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readForm } from '../upload-form';
import { spoolTo } from './spool-file';
import { spoolForm } from './spool-form';

describe('a body that goes to disk', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assay-spool-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  const encoded = async (parts: [string, string | Uint8Array, string?][]) => {
    const form = new FormData();
    for (const [name, value, file] of parts) {
      if (file === undefined) form.append(name, value as string);
      else form.append(name, new Blob([Buffer.from(value)]), file);
    }
    const body = new Response(form);
    return { type: body.headers.get('content-type')!, bytes: new Uint8Array(await body.arrayBuffer()) };
  };

  it('lies there as it came, with its hash', async () => {
    const bytes = randomBytes(300_000);
    const spooled = await spoolTo(folder, pieces(bytes, 65_536));
    expect(readFileSync(spooled.path).equals(bytes)).toBe(true);
    expect(spooled).toMatchObject({
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('leaves nothing when it breaks off, and takes away what killed processes left', async () => {
    writeFileSync(join(folder, 'left'), 'x');
    utimesSync(join(folder, 'left'), new Date(0), new Date(0));
    writeFileSync(join(folder, 'coming'), 'x');
    const broken = (async function* () {
      yield Buffer.from('a');
      await Promise.reject(new Error('gone'));
    })();
    await expect(spoolTo(folder, broken)).rejects.toThrow('gone');
    expect(readdirSync(folder)).toEqual(['coming']);
  });

  it.each([1, 7, 100_000])('is a form as one in memory is, in pieces of %d bytes', async (size) => {
    // every piece is a write of its own
    const file = randomBytes(size === 1 ? 2_000 : 20_000);
    file.write('\r\n--', 500);
    const { type, bytes } = await encoded([
      ['symbol', 'Ä/B'],
      ['file', file, 'C:\\bars\\1.csv'],
      ['strict', 'true'],
    ]);
    const { file: spooled, form } = await spoolForm(folder, pieces(bytes, size), type);
    const whole = await readForm(bytes, type);
    expect(form).toEqual({ name: whole.file.name, fields: whole.fields });
    expect(readFileSync(spooled.path).equals(whole.file.bytes)).toBe(true);
  });

  it.each<[string, [string, string, string?][], object]>([
    ['no file', [['a', '1']], { field: 'file', rule: 'one_file', value: 0 }],
    ['two files', [['f', 'x', 'a'], ['f', 'y', 'b']], { field: 'file', rule: 'one_file', value: 2 }], // prettier-ignore
    ['a field twice', [['a', '1'], ['a', '2'], ['f', 'x', 'a']], { field: 'a', rule: 'unique', value: '2' }], // prettier-ignore
    ['a long field', [['a', 'x'.repeat(70_000)], ['f', 'x', 'a']], { field: 'a', rule: 'max_length' }], // prettier-ignore
  ])('with %s is refused, and leaves nothing', async (_, parts, problem) => {
    const { type, bytes } = await encoded(parts);
    await expect(spoolForm(folder, pieces(bytes, 50), type)).rejects.toMatchObject({ errors: [problem] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused where it is cut off or no form', async () => {
    const { type, bytes } = await encoded([['f', 'x'.repeat(1000), 'a']]);
    const broken = { errors: [{ field: 'body', rule: 'multipart' }] };
    await expect(spoolForm(folder, pieces(bytes.subarray(0, 600)), type)).rejects.toMatchObject(broken);
    await expect(spoolForm(folder, pieces(bytes), 'multipart/form-data')).rejects.toMatchObject(broken);
    await expect(spoolForm(folder, pieces(Buffer.from('nothing')), type)).rejects.toMatchObject(broken);
    expect(readdirSync(folder)).toEqual([]);
  });
});
