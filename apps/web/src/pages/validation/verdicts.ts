import { inWords } from '../../format/words';

/** The verdict of one gate, as the API keeps it. */
export interface Gate {
  gate: string;
  passed: boolean | null;
  value: number | null;
  threshold: number | null;
  why: string;
  /** Shown, decides nothing. */
  informational: boolean;
  title: string;
  words: string;
}

export interface Verdict {
  policy: string;
  version: string;
  passed: boolean;
  words: string;
  gates: Gate[];
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function gateOf(given: unknown): Gate[] {
  if (typeof given !== 'object' || given === null) return [];
  const { gate, passed, value, threshold, why, informational, title, words } = given as Record<string, unknown>;
  if (typeof gate !== 'string') return [];
  return [
    {
      gate,
      passed: typeof passed === 'boolean' ? passed : null,
      value: numberOf(value),
      threshold: numberOf(threshold),
      why: textOf(why),
      informational: informational === true,
      title: textOf(title) || inWords(gate),
      words: textOf(words),
    },
  ];
}

const ORDER = ['default', 'strict', 'large_search', 'exploratory'];
const placeOf = (policy: string): number => (ORDER.includes(policy) ? ORDER.indexOf(policy) : ORDER.length);

/** Verdicts of the policies, the default one first. */
export function verdictsOf(gates: Record<string, unknown>): Verdict[] {
  return Object.entries(gates)
    .flatMap(([policy, given]) => {
      if (typeof given !== 'object' || given === null) return [];
      const { passed, version, words, gates: list } = given as Record<string, unknown>;
      return [
        {
          policy,
          version: String(version ?? ''),
          passed: passed === true,
          words: textOf(words),
          gates: Array.isArray(list) ? list.flatMap(gateOf) : [],
        },
      ];
    })
    .sort((a, b) => placeOf(a.policy) - placeOf(b.policy));
}

/** The gate of any policy that has it: their values are the same, the policies differ in which gates decide. */
export const gateNamed = (verdicts: readonly Verdict[], name: string): Gate | undefined =>
  verdicts.flatMap(({ gates }) => gates).find(({ gate }) => gate === name);
