/** A seeded, serialisable source of randomness. Same seed, same calls: same bits on every machine. */
export interface Rng {
  /** Uniform in [0, 1) with 53 random bits. */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Writes the next normals to the places from `from` up to below `to`: those that as many calls of `normal` give. */
  fillNormals(into: Float64Array, from: number, to: number): void;
  /** Uniform integer in [0, n), without modulo bias. `n` in 1..2^32. */
  int(n: number): number;
  /** Fisher-Yates in place; returns its argument. */
  shuffle<T extends Float64Array | unknown[]>(values: T): T;
  /** The complete state: four words, then the spare normal (NaN when there is none). */
  save(): Float64Array;
  load(state: Float64Array): void;
}

/**
 * xoshiro128++ 1.0 (Blackman, Vigna, 2019, "Scrambled linear pseudorandom number generators"), period 2^128 - 1.
 * Normals by Marsaglia's polar method. Seeded through splitmix32; a string seed is hashed with FNV-1a first.
 */
class Xoshiro128pp implements Rng {
  private spare = NaN;

  constructor(
    private a: number,
    private b: number,
    private c: number,
    private d: number,
  ) {}

  private word(): number {
    const sum = (this.a + this.d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + this.a) | 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  next(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  normal(): number {
    if (this.spare === this.spare) {
      const value = this.spare;
      this.spare = NaN;
      return value;
    }
    let u: number;
    let v: number;
    let s: number;
    do {
      u = 2 * this.next() - 1;
      v = 2 * this.next() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    this.spare = v * scale;
    return u * scale;
  }

  fillNormals(into: Float64Array, from: number, to: number): void {
    let at = from;
    if (at < to && this.spare === this.spare) {
      into[at++] = this.spare;
      this.spare = NaN;
    }
    // `word`, `next` and `normal` in one loop, with the state in local variables
    let { a, b, c, d } = this;
    while (at < to) {
      let u = 0;
      let v = 0;
      let s: number;
      do {
        for (let side = 0; side < 2; side++) {
          let sum = (a + d) | 0;
          const high = (((sum << 7) | (sum >>> 25)) + a) >>> 5;
          let t = b << 9;
          c ^= a;
          d ^= b;
          b ^= c;
          a ^= d;
          c ^= t;
          d = (d << 11) | (d >>> 21);
          sum = (a + d) | 0;
          const low = (((sum << 7) | (sum >>> 25)) + a) >>> 6;
          t = b << 9;
          c ^= a;
          d ^= b;
          b ^= c;
          a ^= d;
          c ^= t;
          d = (d << 11) | (d >>> 21);
          u = v;
          v = 2 * ((high * 67108864 + low) / 9007199254740992) - 1;
        }
        s = u * u + v * v;
      } while (s >= 1 || s === 0);
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      into[at++] = u * scale;
      if (at < to) into[at++] = v * scale;
      else this.spare = v * scale;
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 4294967296)
      throw new RangeError(`n must be an integer from 1 to 4294967296, was ${n}`);
    const limit = 4294967296 - (4294967296 % n);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % n;
  }

  shuffle<T extends Float64Array | unknown[]>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
    return values;
  }

  save(): Float64Array {
    return Float64Array.of(this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0, this.spare);
  }

  load(state: Float64Array): void {
    if (state.length !== 5) throw new RangeError(`state must have 5 values, had ${state.length}`);
    [this.a, this.b, this.c, this.d] = [state[0] | 0, state[1] | 0, state[2] | 0, state[3] | 0];
    this.spare = state[4];
  }
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** `seed`: a finite number (all 64 bits count) or any text. Throws RangeError on NaN and infinities. */
export function createRng(seed: number | string): Rng {
  if (typeof seed === 'number' && seed - seed !== 0) throw new RangeError(`seed must be finite, was ${seed}`);
  const words =
    typeof seed === 'number' ? new Uint32Array(Float64Array.of(seed).buffer) : [hashText(seed), seed.length];
  let state = (words[0] ^ Math.imul(words[1], 0x9e3779b9)) | 0;
  const splitmix = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  return new Xoshiro128pp(splitmix() ^ words[1], splitmix(), splitmix() ^ words[0], splitmix() | 1);
}
