import type { StrategyDocument } from '@assay/contracts';
import type { AppConfig } from '@assay/platform';
import { Artifacts } from './artifacts';

const SIZE = 24 * 2 ** 20;
const documentOf = (sha256: string): StrategyDocument =>
  ({ kind: 'pipeline', artifact: { sha256 } }) as StrategyDocument;

describe('model artifacts of a process', () => {
  const read: string[] = [];
  let artifacts: Artifacts;
  let answer: (sha256: string) => Promise<Uint8Array>;

  beforeEach(() => {
    artifacts = new Artifacts({ artifactUrl: 'file:///nowhere' } as AppConfig);
    answer = () => Promise.resolve(new Uint8Array(SIZE));
    read.length = 0;
    jest.spyOn(artifacts.store, 'get').mockImplementation((sha256) => {
      read.push(sha256);
      return answer(sha256);
    });
  });

  it('are read once, by however many at once', async () => {
    const [one, other] = await Promise.all([artifacts.of(documentOf('a')), artifacts.of(documentOf('a'))]);
    expect(one).toBe(other);
    expect(await artifacts.of(documentOf('a'))).toBe(one);
    expect(read).toEqual(['a']);
  });

  it('are kept up to a number of bytes, those used last', async () => {
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await artifacts.of(documentOf(name));
    expect(read).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are given where they are larger than all that is kept, and where they push one another out while they are read', async () => {
    answer = (sha256) => Promise.resolve(new Uint8Array(sha256 === 'large' ? 3 * SIZE : SIZE));
    expect((await artifacts.of(documentOf('large')))!.byteLength).toBe(3 * SIZE);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const all = await Promise.all(names.map((name) => artifacts.of(documentOf(name))));
    expect(all.map((bytes) => bytes!.byteLength)).toEqual(names.map(() => SIZE));
  });

  it('are asked for again after a failure', async () => {
    answer = () => Promise.reject(new Error('away'));
    await expect(artifacts.of(documentOf('a'))).rejects.toThrow('away');
    answer = () => Promise.resolve(new Uint8Array(1));
    expect(await artifacts.of(documentOf('a'))).toEqual(new Uint8Array(1));
  });
});
