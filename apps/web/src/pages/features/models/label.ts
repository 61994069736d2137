import type { components } from '../../../api/generated/research';

export type ModelLabel = NonNullable<components['schemas']['CreateModelDto']['label']>;

export const LABEL_KINDS = [
  { value: 'forward_return_sign', label: 'Whether the close is higher after some bars' },
  { value: 'forward_return', label: 'The return over some bars' },
  { value: 'triple_barrier', label: 'Which barrier the close touches first' },
] as const;
export type LabelKind = (typeof LABEL_KINDS)[number]['value'];

export interface LabelDraft {
  kind: LabelKind;
  horizon: number | string;
  /** Of barriers: the bars of the volatility that they are measured in, and their distances in it. */
  window: number | string;
  profit: number | string;
  stop: number | string;
}
export const FIRST_LABEL: LabelDraft = { kind: 'forward_return_sign', horizon: 1, window: 20, profit: 2, stop: 2 };

const orNone = (value: number | string): number | null => (value === '' ? null : Number(value));

/** The label as the API has it; a barrier that is left empty is none. */
export function labelOf({ kind, horizon, window, profit, stop }: LabelDraft): ModelLabel {
  const bars = Number(horizon);
  if (kind !== 'triple_barrier') return { kind, horizon: bars };
  return {
    kind,
    horizon: bars,
    width: { kind: 'volatility', window: Number(window) },
    profit: orNone(profit),
    stop: orNone(stop),
    side: null,
    events: { kind: 'every_bar' },
  };
}

/** What a model learns, in words. */
export function labelWords(label: ModelLabel | null | undefined): string | null {
  if (!label) return null;
  const bars = label.horizon === 1 ? 'after 1 bar' : `after ${label.horizon} bars`;
  switch (label.kind) {
    case 'forward_return_sign':
      return `Whether the close is higher ${bars}`;
    case 'forward_return':
      return `The return ${bars}`;
    default: {
      const { profit, stop, width } = label;
      const sides = [profit !== null && `a profit of ${profit}`, stop !== null && `a stop of ${stop}`].filter(Boolean);
      const unit =
        width.kind === 'fixed'
          ? `x ${width.fraction} of the price`
          : width.kind === 'volatility'
            ? `deviations over ${width.window} bars`
            : `x ${width.name}`;
      return `Which is touched first within ${label.horizon} bars: ${sides.join(' or ')} ${unit}`;
    }
  }
}
