import fc from 'fast-check';
import { createRng } from './rng';

const words = (state: number[], count: number): number[] => {
  const rng = createRng(0);
  rng.load(Float64Array.of(...state, NaN));
  // int(2^32) hands out the raw word
  return Array.from({ length: count }, () => rng.int(4294967296));
};

describe('rng', () => {
  it('is xoshiro128++: the published words for state 1, 2, 3, 4', () => {
    expect(words([1, 2, 3, 4], 10)).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420,
    ]);
  });

  it('repeats from a seed and differs between seeds, numbers and texts alike', () => {
    const draw = (seed: number | string) => Array.from({ length: 5 }, createRng(seed).next.bind(createRng(seed)));
    expect(draw(42)).toEqual(draw(42));
    expect(draw('a')).toEqual(draw('a'));
    const firsts = [0, 1, 2, -1, 0.5, 1e300, 'a', 'b', ''].map((seed) => createRng(seed).next());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('refuses a seed that is not finite and an impossible range', () => {
    expect(() => createRng(NaN)).toThrow('seed must be finite, was NaN');
    expect(() => createRng(1).int(0)).toThrow('n must be an integer from 1 to 4294967296, was 0');
  });

  it('draws uniforms in [0, 1) and normals of mean 0 and variance 1', () => {
    const rng = createRng(7);
    const n = 40_000;
    let mean = 0;
    let square = 0;
    let uniform = 0;
    for (let i = 0; i < n; i++) {
      const u = rng.next();
      if (u < 0 || u >= 1) throw new Error(`uniform out of range: ${u}`);
      uniform += u / n;
      const z = rng.normal();
      mean += z / n;
      square += (z * z) / n;
    }
    expect(Math.abs(uniform - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(square - 1)).toBeLessThan(0.04);
  });

  it('continues from a saved state in the middle of a pair of normals', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(20), (seed, skip) => {
        const rng = createRng(seed);
        for (let i = 0; i < skip; i++) rng.normal();
        const twin = createRng('other');
        twin.load(rng.save());
        for (let i = 0; i < 5; i++) expect(twin.normal()).toBe(rng.normal());
        expect(twin.int(1000)).toBe(rng.int(1000));
      }),
    );
  });

  it('fills arrays with the normals of single calls, in any pieces', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(3), fc.array(fc.nat(9), { maxLength: 12 }), (seed, skip, pieces) => {
        const [one, many] = [createRng(seed), createRng(seed)];
        for (let i = 0; i < skip; i++) expect(many.normal()).toBe(one.normal());
        for (const length of pieces) {
          const filled = new Float64Array(length + 2).fill(7);
          many.fillNormals(filled, 1, length + 1);
          expect([...filled]).toEqual([7, ...Array.from({ length }, () => one.normal()), 7]);
          expect(many.save()).toEqual(one.save());
        }
        expect(many.next()).toBe(one.next());
      }),
    );
  });

  it('shuffles to a permutation, every order about equally often', () => {
    const rng = createRng(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = rng.shuffle([1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect([...rng.shuffle(Float64Array.of(5, 5, 1))].sort()).toEqual([1, 5, 5]);
  });
});
