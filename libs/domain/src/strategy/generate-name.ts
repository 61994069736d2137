import type { PipelineDocument, Substrategy, SubstrategiesDocument } from '@assay/contracts';

const LONGEST_NAME = 255;

function substrategyName(sub: Substrategy): string {
  const indicator = sub.indicator.replace(/^get_/, '').replace(/_(?:band|oscillator)$/, '');
  const direction = sub.signal_func.split('_')[0];
  const signal = Number.isInteger(sub.signal) ? sub.signal.toFixed(1) : String(sub.signal);
  return `${indicator}_${direction}_${sub.window}_${signal}`;
}

/** Name of a document that came without one: indicator, direction, window and signal, as `bollinger_momentum_20_1.0`. */
export function generateName(document: Omit<SubstrategiesDocument, 'name'> | Omit<PipelineDocument, 'name'>): string {
  if (document.kind === 'pipeline') return `${document.ticker}_${document.model.kind.replace('.', '_')}`;
  const names = document.substrategies.map(substrategyName);
  return names.join(`_${document.conjunction.toLowerCase()}_`).slice(0, LONGEST_NAME);
}
