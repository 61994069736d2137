/** Thresholds of one feature at its full-sample quantiles: looking at the whole sample is part of what makes the search overfit. */
export type Quantiles = Record<string, number[]>;

const TREES = 430;
const RULES_PER_TREE = 3;

/** mulberry32 (public domain, Tommy Ettinger): small, seeded, good enough to pick rules. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `TREES` rule trees, each an AND of three feature thresholds; long while all hold, flat otherwise. */
export function randomRuleTrees(quantiles: Quantiles, seed: number): unknown[] {
  const next = seeded(seed);
  const names = Object.keys(quantiles);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const opposite = { '>': '<=', '<': '>=' } as const;
  return Array.from({ length: TREES }, () => {
    const pool = [...names];
    const rules = Array.from({ length: RULES_PER_TREE }, () => {
      const [field] = pool.splice(Math.floor(next() * pool.length), 1);
      return { field, operator: pick(['>', '<'] as const), value: pick(quantiles[field]) };
    });
    const inverse = rules.map((rule) => ({ ...rule, operator: opposite[rule.operator] }));
    return {
      groups: [
        { action: 'BUY', combinator: 'AND', rules },
        { action: 'SELL', combinator: 'OR', rules: inverse },
      ],
    };
  });
}
