import type { StrategyDocument } from '@assay/contracts';

/** Whether any target of the document can be below zero. */
export function canGoShort(document: StrategyDocument): boolean {
  if (document.kind === 'pipeline') return document.signal.position_mode === 'long_short';
  return document.substrategies.some((sub) => !sub.signal_func.endsWith('_long_only'));
}
