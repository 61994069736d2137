import type { components } from '../../../api/generated/trade';

type Strategy = Pick<components['schemas']['StrategyDetailDto'], 'origin' | 'revision' | 'attested'>;

/** How much of a key names it on a page. */
const SHOWN = 12;

/** Whether what is deployed was signed by research, and with which key; null where that is not known or not asked. */
export function attestedWords(strategy: Strategy | null | undefined, revision: number): string | null {
  if (!strategy || strategy.origin !== 'research' || strategy.revision !== revision) return null;
  const { attested } = strategy;
  return attested
    ? `attested by key ${attested.key_id.slice(0, SHOWN)}`
    : 'not attested: promoted before promotions were signed';
}
